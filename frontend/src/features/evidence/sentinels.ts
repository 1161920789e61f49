import type { RoundEvidence } from '../../lib/api';

/** A sentinel kernel over the rounds of a group. */
export interface SentinelSeries {
  /** "cpu", "memory". */
  kernel: string;
  /** The slower of both readings over the reference, per round; null where one is missing. */
  values: (number | null)[];
}

const BEFORE = '_before_seconds';

/** Kernels that were read before and after rounds, against their reference on that host. */
export function sentinelsOf(rounds: readonly RoundEvidence[]): SentinelSeries[] {
  const names = new Set(rounds.flatMap(({ sentinels }) => Object.keys(sentinels)));
  const kernels = [...names]
    .filter((name) => name.endsWith(BEFORE))
    .map((name) => name.slice(0, -BEFORE.length));
  return kernels.sort().map((kernel) => ({
    kernel,
    values: rounds.map(({ sentinels }) => {
      const before = sentinels[kernel + BEFORE];
      const after = sentinels[`${kernel}_after_seconds`];
      const reference = sentinels[`${kernel}_reference_seconds`];
      if (before === undefined || after === undefined || !reference) return null;
      return Math.max(before, after) / reference;
    }),
  }));
}
