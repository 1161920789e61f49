import { describe, expect, it } from 'vitest';
import { advantage, interval, verdictWords, wording } from './advantage';

const entry = { ratio: 0.5, ci_low: 0.4, ci_high: 0.625, median: 0.01 };

describe('the advantage over the baseline', () => {
  it('turns a ratio of times, so that higher is better and the interval keeps its order', () => {
    const better = advantage(entry, 'lower_is_better');
    expect(better).toEqual({ value: 2, low: 1.6, high: 2.5 });
    expect(better && interval(better)).toBe('[1.60×, 2.50×]');
  });

  it('leaves a ratio of rates as it is', () => {
    expect(advantage(entry, 'higher_is_better')).toEqual({ value: 0.5, low: 0.4, high: 0.625 });
  });

  it('has no interval where the server gives none', () => {
    const better = advantage({ ...entry, ci_low: null, ci_high: null }, 'lower_is_better');
    expect(better && interval(better)).toBeNull();
  });

  it('is absent where nothing was measured, even if the ratio to itself is 1', () => {
    expect(advantage({ ...entry, ratio: null }, 'lower_is_better')).toBeNull();
    expect(advantage({ ...entry, ratio: 1, median: null }, 'lower_is_better')).toBeNull();
  });
});

describe('words', () => {
  const measure = (id: string, unit: string, better: string, worse: string) =>
    ({ id, unit, better, worse }) as const;

  it('takes better and worse from the measure', () => {
    expect(wording(measure('total_seconds', 's', 'faster', 'slower'))).toEqual({
      noun: 'speed',
      better: 'faster',
      worse: 'slower',
    });
    const memory = measure('peak_pss_bytes', 'B', 'less memory', 'more memory');
    expect(wording(memory).noun).toBe('economy');
    expect(verdictWords('slower', memory)).toBe('more memory');
    expect(wording(measure('cpu_seconds', 's', 'less', 'more')).noun).toBe('economy');
    expect(wording(measure('throughput_per_second', '/s', 'higher', 'lower')).noun).toBe('speed');
  });

  it('says every verdict', () => {
    const total = measure('total_seconds', 's', 'faster', 'slower');
    const verdicts = (['faster', 'slower', 'same', 'unknown'] as const).map((verdict) =>
      verdictWords(verdict, total),
    );
    expect(verdicts).toEqual(['faster', 'slower', 'same', 'no clear difference']);
  });
});
