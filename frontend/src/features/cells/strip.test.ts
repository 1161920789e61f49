import { expect, it } from 'vitest';
import { FRAME, strip } from './strip';

const sample = (round: number, turn: number, value: number) => ({
  measure: 'steady_seconds',
  kind: 'figure' as const,
  round,
  turn,
  warmup: false,
  value,
});

it('places rounds from left to right, turns side by side, higher values higher', () => {
  const { dots, rounds } = strip([sample(0, 0, 1), sample(0, 1, 2), sample(4, 0, 1)], 800);
  const [first, second, third] = dots;
  expect(first && second && third && first.x < second.x && second.x < third.x).toBe(true);
  expect(first && second && second.y < first.y).toBe(true);
  expect(rounds.map(({ round }) => round)).toEqual([0, 4]);
  expect(dots.every(({ x }) => x > FRAME.left && x < 800 - FRAME.right)).toBe(true);
});
