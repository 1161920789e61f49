import { expect, it } from 'vitest';
import { tint } from './colour';

const share = (colour: string) => Number(/(\d+)%/.exec(colour)?.[1]);

it('is blue above 1, orange below, and mirrored on the logarithm', () => {
  expect(tint(2)).toContain('--fast-cell');
  expect(tint(0.5)).toContain('--slow-cell');
  expect(share(tint(4))).toBe(share(tint(1 / 4)));
});

it('has no colour at 1 and deepens until 8', () => {
  const shares = [1, 1.25, 2, 4, 8].map((value) => share(tint(value)));
  expect(shares[0]).toBe(0);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(new Set(shares).size).toBe(shares.length);
});

it('is clipped beyond 8 and 1/8', () => {
  expect(tint(100)).toBe(tint(8));
  expect(tint(0.001)).toBe(tint(1 / 8));
});
