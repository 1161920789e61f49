import type { Axes, Cell, JobEvidence, RoundEvidence, Sample } from '../../lib/api';

/** Rounds of a cell's group. Groups are numbered by job, so their axes must be the cell's too. */
export function roundsOf(
  { group, host, axes }: Pick<Cell, 'group' | 'host' | 'axes'>,
  evidence: readonly JobEvidence[],
): RoundEvidence[] {
  const own = evidence
    .filter((job) => job.host === host)
    .flatMap((job) => job.groups)
    .find((one) => one.group === group && isPartOf(one.axes, axes));
  return own?.rounds ?? [];
}

const isPartOf = (part: Axes, whole: Axes) =>
  Object.entries(part).every(([axis, value]) => whole[axis] === value);

export const dirtyOf = (rounds: readonly RoundEvidence[]): ReadonlySet<number> =>
  new Set(rounds.filter(({ disturbances }) => disturbances.length > 0).map(({ round }) => round));

/** What the kernel told of a cell's threads in the slices of one round that count. */
export interface RoundNoise {
  round: number;
  /** Seconds that threads were ready and had no processor. */
  waited: number | null;
  /** How often a thread lost its processor to another. */
  preempted: number | null;
  /** Processor seconds that parked workers used. */
  parked: number | null;
}

/** Noise per round, summed over its slices; null where the host does not tell. */
export function noiseOf(samples: readonly Sample[]): RoundNoise[] {
  const told = samples.filter((sample) => sample.kind === 'evidence' && !sample.warmup);
  const rounds = [...new Set(told.map((sample) => sample.round))].sort((a, b) => a - b);
  const sum = (round: number, measure: string) => {
    const values = told.filter((one) => one.round === round && one.measure === measure);
    return values.length === 0 ? null : values.reduce((total, one) => total + one.value, 0);
  };
  return rounds.map((round) => ({
    round,
    waited: sum(round, 'run_delay_seconds'),
    preempted: sum(round, 'involuntary_switches'),
    parked: sum(round, 'parked_cpu_seconds'),
  }));
}
