import type { ComparisonEntry, Measure, Verdict } from './api';
import { times } from './format';

/** How many times better than the baseline: 2 is twice as fast, or half the memory. */
export interface Advantage {
  value: number;
  low: number | null;
  high: number | null;
}

/** A ratio with its interval, contender over baseline, as the server sends it. */
type Ratio = Pick<ComparisonEntry, 'ratio' | 'ci_low' | 'ci_high'>;

/**
 * The server's ratio, contender over baseline, turned so that higher is better: 1/x where lower
 * values are better. The only arithmetic this page does with results.
 */
export function turned(found: Ratio, direction: Measure['direction']): Advantage | null {
  const { ratio, ci_low: low, ci_high: high } = found;
  if (ratio === null) return null;
  if (direction === 'higher_is_better') return { value: ratio, low, high };
  return {
    value: 1 / ratio,
    low: high === null ? null : 1 / high,
    high: low === null ? null : 1 / low,
  };
}

/** Null where nothing was measured, as in a baseline that failed: its ratio to itself is 1. */
export const advantage = (
  entry: Ratio & Pick<ComparisonEntry, 'median'>,
  direction: Measure['direction'],
): Advantage | null => (entry.median === null ? null : turned(entry, direction));

/** Which side of "no difference" an interval lies on; null without an interval. */
export function side({ low, high }: Pick<Advantage, 'low' | 'high'>) {
  if (low === null || high === null) return null;
  return low > 1 ? 'better' : high < 1 ? 'worse' : 'unclear';
}

export const interval = ({ low, high }: Pick<Advantage, 'low' | 'high'>) =>
  low === null || high === null ? null : `[${times(low)}, ${times(high)}]`;

interface Wording {
  /** What the factor is called. */
  noun: string;
  better: string;
  worse: string;
}

/** Seconds that pass make something fast; bytes and CPU seconds are used, sparingly or not. */
export function wording({ id, unit, better, worse }: Words): Wording {
  const used = (unit !== 's' && !unit.endsWith('/s')) || id.startsWith('cpu_');
  return { noun: used ? 'economy' : 'speed', better, worse };
}

type Words = Pick<Measure, 'id' | 'unit' | 'better' | 'worse'>;

export function verdictWords(verdict: Verdict, { better, worse }: Words): string {
  switch (verdict) {
    case 'faster':
      return better;
    case 'slower':
      return worse;
    case 'same':
      return 'same';
    case 'unknown':
      return 'no clear difference';
  }
}
