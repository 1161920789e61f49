import type { Comparison, ComparisonEntry, ComparisonGroup } from '../../lib/api';
import { advantage, interval, verdictWords, wording } from '../../lib/advantage';
import { counted, percent, quantity, significant, times } from '../../lib/format';
import { outcomeWords } from '../../lib/outcomes';
import { isInvalid, MEANING } from '../../lib/quality';

export interface Reading {
  /** "2.31× faster", "no clear difference", "crashed", "invalid". */
  verdict: string;
  /** Interval with its confidence, or why there is none. */
  certainty: string;
  /** Rounds and median. */
  basis: string;
}

/** A comparison, with the threshold of the group that the entry stands in. */
export type Context = Pick<Comparison, 'measure' | 'confidence' | 'baseline' | 'threshold'>;

export const contextOf = (comparison: Comparison, group: ComparisonGroup): Context => ({
  ...comparison,
  threshold: group.threshold,
});

/** What one entry says, in words; every number comes from the server. */
export function reading(entry: ComparisonEntry, context: Context): Reading {
  const { measure } = context;
  const basis = [
    entry.median === null ? null : `median ${quantity(entry.median, measure.unit)}`,
    counted(entry.rounds, 'round'),
    entry.preliminary ? 'preliminary' : null,
  ];
  return {
    verdict: verdictOf(entry, context),
    certainty: certaintyOf(entry, context),
    basis: basis.filter((part) => part !== null).join(' · '),
  };
}

function verdictOf(entry: ComparisonEntry, { measure, baseline, threshold }: Context): string {
  const better = advantage(entry, measure.direction);
  if (better === null) {
    return entry.outcome === 'succeeded' ? 'baseline not measured' : outcomeWords(entry.outcome);
  }
  if (isInvalid(entry)) return 'invalid';
  if (entry.value === baseline) return 'baseline';
  const verdict = entry.verdict ?? 'unknown';
  // On a noisy host little is told apart, and "same" alone would promise too much.
  if (verdict === 'same') return `same within ±${percent(Number(significant(threshold, 2)))}`;
  if (verdict === 'unknown') return verdictWords(verdict, measure);
  // Someone three times slower reads "3×", not "0.33×".
  const size = verdict === 'faster' ? better.value : 1 / better.value;
  return `${times(size)} ${verdictWords(verdict, measure)}`;
}

function certaintyOf(entry: ComparisonEntry, { measure, confidence, baseline }: Context): string {
  const better = advantage(entry, measure.direction);
  if (better === null) return entry.reason ?? '';
  if (isInvalid(entry)) return entry.quality_reasons[0] ?? MEANING.invalid;
  if (entry.value === baseline) return 'compared with itself';
  const range = interval(better);
  const needed = entry.rounds_needed;
  if (range === null) return 'too few rounds for an interval';
  const words = `${wording(measure).noun} ${times(better.value)} ${range}, ${percent(confidence)} CI`;
  return needed === null ? words : `${words}; about ${counted(needed, 'round')} needed`;
}
