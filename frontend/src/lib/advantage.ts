import type { ComparisonEntry, Measure, Verdict } from './api';
import { times } from './format';

/** How many times better than the baseline: 2 is twice as fast, or half the memory. */
export interface Advantage {
  value: number;
  low: number | null;
  high: number | null;
}

type Ratio = Pick<ComparisonEntry, 'ratio' | 'ci_low' | 'ci_high' | 'median'>;

/**
 * The server's ratio, contender over baseline, turned so that higher is better: 1/x where lower
 * values are better. The only arithmetic this page does with results. Null where nothing was
 * measured, as in a baseline that failed: its ratio to itself is 1 all the same.
 */
export function advantage(entry: Ratio, direction: Measure['direction']): Advantage | null {
  const { ratio, ci_low: low, ci_high: high } = entry;
  if (ratio === null || entry.median === null) return null;
  if (direction === 'higher_is_better') return { value: ratio, low, high };
  return {
    value: 1 / ratio,
    low: high === null ? null : 1 / high,
    high: low === null ? null : 1 / low,
  };
}

export const interval = ({ low, high }: Pick<Advantage, 'low' | 'high'>) =>
  low === null || high === null ? null : `[${times(low)}, ${times(high)}]`;

interface Wording {
  /** What the factor is called. */
  noun: string;
  better: string;
  worse: string;
}

const TIME: Wording = { noun: 'speed', better: 'faster', worse: 'slower' };
const USE: Wording = { noun: 'economy', better: 'less', worse: 'more' };

/** Seconds that pass make something faster; bytes and CPU seconds are used, more or less of them. */
export function wording(measure: Pick<Measure, 'id' | 'unit'>): Wording {
  const used = measure.unit !== 's' && !measure.unit.endsWith('/s');
  return used || measure.id.startsWith('cpu_') ? USE : TIME;
}

export function verdictWords(verdict: Verdict, measure: Measure): string {
  const words = wording(measure);
  switch (verdict) {
    case 'faster':
      return words.better;
    case 'slower':
      return words.worse;
    case 'same':
      return 'same';
    case 'unknown':
      return 'no clear difference';
  }
}
