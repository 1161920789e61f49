import { expect, it } from 'vitest';
import { methodsOf, shareAxis, standingOf } from './equalArms';

const arms = {
  pairs: 612,
  false_positives: 32,
  share: 32 / 612,
  ci_low: 0.036,
  ci_high: 0.073,
  false_positives_1_percent: 5,
  block_pooled: { pairs: 306, false_positives: 171 },
  block_welch: { pairs: 0, false_positives: 0 },
  median_half_width: 0.027,
};

it('asks the band only of enough pairs', () => {
  expect(standingOf({ pairs: 0, share: null })).toBe('none');
  expect(standingOf({ pairs: 499, share: 0.5 })).toBe('few');
  expect(standingOf({ pairs: 500, share: 0.072 })).toBe('holds');
  expect(standingOf({ pairs: 500, share: 0.0721 })).toBe('outside');
  expect(standingOf({ pairs: 500, share: 0.029 })).toBe('outside');
});

it('puts the block design beside the paired one', () => {
  const [own, welch, pooled] = methodsOf(arms);
  expect(own).toMatchObject({ share: 32 / 612, low: 0.036, high: 0.073, own: true });
  expect(welch?.share).toBeNull();
  expect(pooled).toMatchObject({ share: 171 / 306, own: false });
});

it('draws all shares from 0 on one axis', () => {
  const { at, ticks } = shareAxis(methodsOf(arms));
  expect(at(0)).toBe(0);
  expect(at(171 / 306)).toBeLessThanOrEqual(1);
  expect(ticks[0]).toBe(0);
  expect(shareAxis([]).at(0.072)).toBeLessThan(1);
});
