import { expect, it } from 'vitest';
import type { RoundEvidence } from '../../lib/api';
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

it('takes the rounds of the cell’s own group, job and host', () => {
  const job = (host: string, profile: string, group: number, ...rounds: RoundEvidence[]) => ({
    job: `${host} ${profile}`,
    host,
    fence: 1,
    session: {},
    groups: [{ group, axes: { workload: 'pi', profile }, rounds }],
  });
  const own = round(4, ['steal 3.2 %']);
  const evidence = [
    job('lab2', 'any', 0, round(1, [])),
    job('lab1', 'many-cores', 0, round(2, [])),
    job('lab1', 'any', 1, round(3, [])),
    job('lab1', 'any', 0, own),
  ];
  const cell = {
    group: 0,
    host: 'lab1',
    axes: { workload: 'pi', profile: 'any', model: 'threads' },
  };
  expect(roundsOf(cell, evidence)).toEqual([own]);
  expect(roundsOf({ ...cell, host: null }, evidence)).toEqual([]);
  expect([...dirtyOf([own, round(5, [])])]).toEqual([4]);
});
