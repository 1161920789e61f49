import type { EqualArms } from '../../lib/api';
import { axis } from '../../lib/scale';

/** Share of equal pairs that a 95 % interval should tell apart, by what 95 % means. */
export const EXPECTED = 0.05;
/** Where that share may lie once there are enough pairs: the upper end is the limit of 500 pairs. */
export const BAND = { low: 0.03, high: 0.072 };
/** Pairs from which the band is asked. */
export const ENOUGH = 500;

export type Standing = 'none' | 'few' | 'holds' | 'outside';

/** Whether equal arms differ as rarely as the intervals promise. */
export function standingOf({ pairs, share }: Pick<EqualArms, 'pairs' | 'share'>): Standing {
  if (pairs === 0 || share === null) return 'none';
  if (pairs < ENOUGH) return 'few';
  return share >= BAND.low && share <= BAND.high ? 'holds' : 'outside';
}

/** One way of deciding, applied to the same arms. */
export interface Method {
  name: string;
  share: number | null;
  low: number | null;
  high: number | null;
  falsePositives: number;
  pairs: number;
  /** Whether Lanes decides in this way. */
  own: boolean;
}

/** The paired design of Lanes, and beside it what a block design says of the same arms. */
export function methodsOf(arms: EqualArms): Method[] {
  const block = (name: string, { pairs, false_positives }: EqualArms['block_pooled']): Method => ({
    name,
    share: pairs === 0 ? null : false_positives / pairs,
    low: null,
    high: null,
    falsePositives: false_positives,
    pairs,
    own: false,
  });
  return [
    {
      name: 'in the same rounds, as Lanes measures',
      share: arms.share,
      low: arms.ci_low,
      high: arms.ci_high,
      falsePositives: arms.false_positives,
      pairs: arms.pairs,
      own: true,
    },
    block('all A, then all B: t test of process means', arms.block_welch),
    block('all A, then all B: t test of all values', arms.block_pooled),
  ];
}

/** A linear axis of shares from 0 that holds the band and every method. */
export function shareAxis(methods: readonly Method[]) {
  const highest = Math.max(0.1, ...methods.flatMap(({ share, high }) => [share ?? 0, high ?? 0]));
  const { ticks, high } = axis(0, Math.min(1, highest));
  return { ticks, at: (share: number) => share / high };
}
