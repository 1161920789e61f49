import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { ImportBenchmark, ImportComparison } from '../../lib/api';
import { BenchmarkTable } from './BenchmarkTable';
import { Compared } from './Compared';
import { hostWords, rangeWords, valueWords } from './imports';

afterEach(cleanup);

const aBenchmark = (rest: Partial<ImportBenchmark> = {}): ImportBenchmark => ({
  name: 'threading',
  unit: 'second',
  processes: 20,
  values: 60,
  warm_ups: 20,
  median: 2.37,
  ci_low: 2.3,
  ci_high: 2.4,
  metadata: { hostname: 'lab1', python_version: '3.12' },
  ...rest,
});

const aComparison = (rest: Partial<ImportComparison> = {}): ImportComparison => ({
  id: 'a',
  against: 'b',
  confidence: 0.95,
  threshold: 0.02,
  false_discovery_rate: 0.05,
  warning: 'unpaired: equal programs differ',
  items: [
    {
      name: 'threading',
      unit: 'second',
      ratio: 0.5,
      ci_low: 0.48,
      ci_high: 0.52,
      processes: 20,
      baseline_processes: 18,
      verdict: 'faster',
      p_value: 0.001,
      q_value: 0.002,
      sentence: '2.00× faster [1.92, 2.08]',
      warnings: ['hostname differs: a and b'],
    },
  ],
  only_here: ['new'],
  only_against: [],
  ...rest,
});

it('tells values in the unit of their file', () => {
  expect(valueWords(0.0012, 'second')).toMatch(/^1\.2\d?\D*ms$/);
  expect(valueWords(2048, 'byte')).toMatch(/KiB|kB|B/);
  expect(valueWords(3.14159, 'unknown')).toBe('3.14');
  expect(valueWords(null, 'second')).toBe('–');
});

it('has no interval where there are too few processes', () => {
  expect(rangeWords(aBenchmark({ ci_low: null, ci_high: null }))).toBe('–');
});

it('names the machine as far as the file does', () => {
  expect(hostWords({ items: [aBenchmark()] })).toBe('lab1, 3.12');
  expect(hostWords({ items: [] })).toBe('');
});

it('shows every benchmark', () => {
  render(<BenchmarkTable benchmarks={[aBenchmark(), aBenchmark({ name: 'other' })]} />);
  expect(screen.getAllByRole('rowheader').map((head) => head.textContent)).toEqual([
    'threading',
    'other',
  ]);
});

it('says first what speaks against a comparison, and what only one has', () => {
  render(<Compared comparison={aComparison()} against="before" />);
  expect(
    screen.getByText('Unpaired: equal programs differ. And hostname differs: a and b.'),
  ).toBeTruthy();
  expect(screen.getByText('2.00× faster [1.92, 2.08]')).toBeTruthy();
  expect(screen.getByText('1 benchmark only in this one: new')).toBeTruthy();
});

it('tells when nothing is in common', () => {
  render(<Compared comparison={aComparison({ items: [] })} against="before" />);
  expect(screen.getByText('The two have no benchmark in common.')).toBeTruthy();
});
