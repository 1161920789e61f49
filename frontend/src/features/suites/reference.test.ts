import { expect, it } from 'vitest';
import type { Comparison, Suite } from '../../lib/api';
import { besides } from './reference';

const reference = {
  baseline: 'threads:per-task',
  values: [
    { where: { digits: 200 }, model: 'threads:per-task', seconds: 4 },
    { where: { digits: 200 }, model: 'subinterpreters:per-task', seconds: 2 },
    { where: { digits: 20 }, model: 'subinterpreters:per-task', seconds: 9 },
  ],
} as unknown as NonNullable<Suite['reference']>;

const entry = (value: string, ratio: number | null) => ({
  value,
  ratio,
  ci_low: ratio === null ? null : ratio / 2,
  ci_high: ratio === null ? null : ratio * 2,
  median: ratio === null ? null : 1,
});

const comparison = {
  groups: [
    {
      axes: { digits: 200, interpreter: 'cpython-3.14' },
      entries: [entry('threads:per-task', 1), entry('subinterpreters:per-task', 0.25)],
    },
    {
      axes: { digits: 2000, interpreter: 'cpython-3.14' },
      entries: [entry('subinterpreters:per-task', 0.5)],
    },
    {
      axes: { digits: 200, interpreter: 'cpython-3.8' },
      entries: [entry('subinterpreters:per-task', null)],
    },
  ],
} as unknown as Comparison;

it('sets the published speed beside the one that was found, of the same work only', () => {
  expect(besides(reference, comparison)).toEqual([
    {
      where: '200 digits',
      model: 'subinterpreters:per-task',
      published: 2,
      found: [{ interpreter: 'cpython-3.14', speed: { value: 4, low: 2, high: 8 } }],
    },
  ]);
});
