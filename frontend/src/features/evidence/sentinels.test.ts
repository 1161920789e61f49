import { expect, it } from 'vitest';
import { sentinelsOf } from './sentinels';

const round = (sentinels: Record<string, number>) => ({
  round: 0,
  seconds: 1,
  layout: 'turns' as const,
  hash_seed: 1,
  sentinels,
  counters: {},
  disturbances: [],
});

it('takes the slower of both readings against the reference', () => {
  const rounds = [
    round({ cpu_before_seconds: 0.005, cpu_after_seconds: 0.006, cpu_reference_seconds: 0.005 }),
    round({ cpu_before_seconds: 0.01, cpu_after_seconds: 0.005, cpu_reference_seconds: 0.005 }),
    round({}),
  ];
  expect(sentinelsOf(rounds)).toEqual([{ kernel: 'cpu', values: [1.2, 2, null] }]);
});

it('has no series where the host has no sentinel', () => {
  expect(sentinelsOf([round({ parallel_efficiency: 0.9 })])).toEqual([]);
});
