import type { Scaling, ScalingEstimate } from '../../lib/api';
import { percent, significant } from '../../lib/format';

type Told = ScalingEstimate | null;

const range = (low: number | null, high: number | null, words: (value: number) => string) =>
  low === null || high === null ? '' : ` [${words(low)}, ${words(high)}]`;

const told = (estimate: Told, words: (value: number) => string) =>
  estimate === null ? '–' : words(estimate.value) + range(estimate.ci_low, estimate.ci_high, words);

const factor = (value: number) => `${significant(value)}×`;
const number = (value: number) => significant(value);

export const factorWords = (estimate: Told) => told(estimate, factor);
export const shareWords = (estimate: Told) => told(estimate, percent);
export const numberWords = (estimate: Told) => told(estimate, number);

const LAWS = {
  amdahl: 'Amdahl',
  universal: 'universal scalability',
  not_identifiable: 'not identifiable',
} as const;

export const lawWords = ({ fit }: Scaling) => LAWS[fit.law];

const REFERENCES = {
  sequential: 'over the plain program',
  one_worker: 'over one worker of its own',
  none: 'over nothing: the plain program was not measured beside it',
} as const;

export const referenceWords = ({ reference }: Scaling) => REFERENCES[reference];

/** The name of a line among others. */
export const lineName = ({ axes }: Scaling) => `${axes.model}, ${axes.interpreter}`;

/** The best speed-up of all, as the finding of a figure. */
export function finding(lines: readonly Scaling[]): string {
  const all = lines.flatMap((line) =>
    line.points.flatMap((point) =>
      point.speed_up === null ? [] : [{ line, point, speedUp: point.speed_up }],
    ),
  );
  const best = all.reduce<(typeof all)[number] | undefined>(
    (one, other) => (one === undefined || other.speedUp.value > one.speedUp.value ? other : one),
    undefined,
  );
  if (best === undefined) return 'No speed-up can be told';
  const { line, point } = best;
  const workers = point.parallelism === 1 ? '1 worker' : `${point.parallelism} workers`;
  return `At most ${factorWords(best.speedUp)}, by ${lineName(line)} with ${workers}`;
}
