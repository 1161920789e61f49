import { expect, it } from 'vitest';
import { axis, logScale } from './scale';

it('encloses the values with round ticks', () => {
  expect(axis(17.4, 19.6)).toEqual({ ticks: [17, 18, 19, 20], low: 17, high: 20 });
});

it('has room even when all values are equal', () => {
  const { low, high } = axis(5, 5);
  expect(low).toBeLessThan(high);
});

it('puts half as far from 1 as double', () => {
  const { at } = logScale([0.5, 2]);
  expect(at(1) - at(0.5)).toBeCloseTo(at(2) - at(1), 12);
  expect(at(1)).toBeCloseTo(0.5, 12);
});

it('holds every value inside its ends', () => {
  const { at } = logScale([0.04, 7.3]);
  expect(at(0.04)).toBeGreaterThan(0);
  expect(at(7.3)).toBeLessThan(1);
});

it('marks 1 on narrow and on wide axes', () => {
  for (const values of [[], [0.98, 1.03], [0.8, 1.7], [0.04, 7.3], [0.0001, 900]]) {
    const { ticks } = logScale(values);
    expect(ticks.some((tick) => Math.abs(tick - 1) < 1e-9)).toBe(true);
    expect(ticks.length).toBeLessThanOrEqual(10);
  }
});

it('is not thrown by a value that no logarithm has', () => {
  expect(logScale([0, -1, Infinity, 2]).at(2)).toBeLessThan(1);
});
