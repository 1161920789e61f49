import { expect, it } from 'vitest';
import { figuresOf, missingOf, QUESTIONS } from './selfTests';

const test = (name: string) => ({
  id: 'a-test',
  name,
  host: 'lab1',
  version: '1',
  parameters: {},
  figures: {},
  gates: [],
  passed: true,
  started_at: '2026-11-23T20:00:00Z',
  seconds: 60,
});

it('names the self-tests without a result', () => {
  expect(missingOf([])).toEqual(Object.keys(QUESTIONS));
  expect(missingOf([test('equal-arms'), test('another')])).not.toContain('equal-arms');
});

it('says figures in words, nested ones too', () => {
  const figures = { power: 0.77123, coverage: { threads: 0.95 }, ci: [0.03, 0.07], missing: null };
  expect(figuresOf(figures)).toEqual([
    'power 0.771',
    'coverage / threads 0.950',
    'ci [0.0300, 0.0700]',
    'missing not known',
  ]);
});
