import { expect, it } from 'vitest';
import { aComparison, anEntry, missing } from './comparison.fixture';
import { cleanOtherwise, clearOf, forestOf } from './forest';

const groupOf = (...entries: Parameters<typeof aComparison>) => {
  const [group] = aComparison(...entries).groups;
  if (!group) throw new Error('the fixture has one group');
  return group;
};

it('turns ratios of times so that faster stands to the right', () => {
  const { arms, scale } = forestOf(groupOf(anEntry('threads')), 'lower_is_better');
  const threads = arms.find(({ entry }) => entry.value === 'threads');
  expect(threads?.better).toEqual({ value: 2, low: 1.6, high: 2.5 });
  expect(scale.at(2)).toBeGreaterThan(scale.at(1));
});

it('keeps every round, and which are dirty', () => {
  const { arms } = forestOf(groupOf(anEntry('threads')), 'lower_is_better');
  const rounds = arms.find(({ entry }) => entry.value === 'threads')?.rounds;
  expect(rounds?.map(({ value }) => value)).toEqual([1 / 0.48, 2, 1 / 0.52]);
  expect(rounds?.map(({ dirty }) => dirty)).toEqual([false, false, true]);
});

it('has room for rounds far from the interval, for the band and for the placebo', () => {
  const entry = anEntry('threads', { round_ratios: [0.5, 9], round_dirty: [false, true] });
  const { scale, band, placebo } = forestOf(groupOf(entry), 'lower_is_better');
  for (const value of [1 / 9, 2.5, band.low, band.high, placebo?.value ?? NaN]) {
    expect(scale.at(value)).toBeGreaterThan(0);
    expect(scale.at(value)).toBeLessThan(1);
  }
  expect(band).toEqual({ low: 1 / 1.024, high: 1.024 });
});

it('tells of clean rounds only where they answer otherwise', () => {
  const clean = (ratio: number, low: number, high: number) =>
    cleanOtherwise(
      anEntry('threads', { clean: { ratio, ci_low: low, ci_high: high, rounds: 9 } }),
      'lower_is_better',
    );
  expect(clean(0.52, 0.45, 0.6)).toBeNull();
  expect(clean(0.98, 0.9, 1.1)?.value).toBeCloseTo(1 / 0.98, 12);
  expect(cleanOtherwise(anEntry('threads'), 'lower_is_better')).toBeNull();
});

it('counts the differences that were told apart', () => {
  const comparison = aComparison(
    anEntry('threads'),
    anEntry('asyncio', { verdict: 'unknown' }),
    missing('processes:fork', 'crashed'),
  );
  expect(clearOf(comparison)).toEqual({ clear: 1, of: 2 });
  expect(clearOf(aComparison())).toEqual({ clear: 0, of: 0 });
});
