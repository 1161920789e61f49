// Made-up comparisons for tests.
import type { Comparison, ComparisonEntry } from '../../lib/api';

/** A model that is 2 times as fast as the baseline, unless told otherwise. */
export function anEntry(value: string, rest: Partial<ComparisonEntry> = {}): ComparisonEntry {
  return {
    value,
    cell: `cell-of-${value}`,
    outcome: 'succeeded',
    reason: null,
    ratio: 0.5,
    ci_low: 0.4,
    ci_high: 0.625,
    rounds: 12,
    verdict: 'faster',
    matters: true,
    rounds_needed: null,
    sentence: null,
    median: 0.01,
    preliminary: false,
    quality: 'stable',
    quality_reasons: [],
    adjusted_p: 0.002,
    round_ratios: [0.48, 0.5, 0.52],
    round_dirty: [false, false, true],
    clean: null,
    total_ratio: null,
    needs: null,
    paired: true,
    p_value: 0.002,
    q_value: 0.004,
    chance: 0.98,
    warnings: [],
    ...rest,
  };
}

/** A model without figures. */
export const missing = (value: string, outcome: ComparisonEntry['outcome'], reason?: string) =>
  anEntry(value, {
    outcome,
    reason: reason ?? null,
    ratio: null,
    ci_low: null,
    ci_high: null,
    rounds: 0,
    verdict: 'unknown',
    matters: false,
    median: null,
    quality: null,
    paired: null,
    adjusted_p: null,
    p_value: null,
    q_value: null,
    chance: null,
    round_ratios: [],
    round_dirty: [],
  });

export const BASELINE = anEntry('sequential', {
  ratio: 1,
  ci_low: null,
  ci_high: null,
  verdict: 'same',
  matters: false,
  median: 0.02,
  paired: null,
  adjusted_p: null,
  p_value: null,
  q_value: null,
  chance: null,
  round_ratios: [1, 1, 1],
});

/** One group, pi with 200 digits, that holds the baseline and the given entries. */
export const aComparison = (...entries: ComparisonEntry[]): Comparison => ({
  run: 'a-run',
  against: null,
  pivot: 'model',
  baseline: 'sequential',
  measure: {
    id: 'total_seconds',
    title: 'Total time',
    unit: 's',
    direction: 'lower_is_better',
    better: 'faster',
    worse: 'slower',
    description: '',
  },
  confidence: 0.95,
  threshold: 0.02,
  summary: {
    compared: entries.length,
    differ: entries.length,
    better: entries.length,
    worse: 0,
    level: 0.05,
    sentence: `${entries.length} of ${entries.length} cells differ at FDR 5 %`,
    means: [],
  },
  warnings: [],
  groups: [
    {
      axes: { workload: 'pi', digits: 200, tasks: 10, interpreter: 'cpython-3.14' },
      headline: null,
      threshold: 0.024,
      placebo: { cell: 'a-placebo', ratio: 1.002, ci_low: 0.988, ci_high: 1.016, rounds: 12 },
      anchor: null,
      rounds_dirty: 1,
      fastest: ['threads'],
      entries: [BASELINE, ...entries],
    },
  ],
});
