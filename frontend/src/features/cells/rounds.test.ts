import { expect, it } from 'vitest';
import { dirtyOf, noiseOf, roundsOf } from './rounds';

const noise = (measure: string, round: number, turn: number, value: number, warmup = false) => ({
  measure,
  kind: 'evidence' as const,
  round,
  turn,
  warmup,
  value,
});

const round = (number: number, disturbances: string[]) => ({
  round: number,
  seconds: 1,
  layout: 'turns' as const,
  hash_seed: 1,
  sentinels: {},
  counters: {},
  disturbances,
});

it('sums noise over the slices that count', () => {
  const samples = [
    noise('run_delay_seconds', 0, 0, 9, true),
    noise('run_delay_seconds', 0, 1, 0.25),
    noise('run_delay_seconds', 0, 2, 0.5),
    noise('involuntary_switches', 3, 1, 2),
    { ...noise('steady_seconds', 7, 1, 1), kind: 'figure' as const },
  ];
  expect(noiseOf(samples)).toEqual([
    { round: 0, waited: 0.75, preempted: null, parked: null },
    { round: 3, waited: null, preempted: 2, parked: null },
  ]);
});

it('takes the rounds of the cell’s own group and host, of the last attempt', () => {
  const job = (
    fence: number,
    host: string,
    group: number,
    ...rounds: ReturnType<typeof round>[]
  ) => ({
    job: 'a-job',
    host,
    fence,
    session: {},
    groups: [{ group, axes: {}, rounds }],
  });
  const own = round(4, ['steal 3.2 %']);
  const evidence = [
    job(8, 'lab1', 0, own),
    job(7, 'lab1', 0, round(4, [])),
    job(8, 'lab1', 1, round(1, [])),
    job(9, 'lab2', 0, round(2, [])),
  ];
  expect(roundsOf({ group: 0, host: 'lab1' }, evidence)).toEqual([own]);
  expect([...dirtyOf([own, round(5, [])])]).toEqual([4]);
});
