import { expect, it } from 'vitest';
import { asCurl, address } from './asked';
import { aComparison, anEntry, missing } from './comparison.fixture';
import { axisOf, csvOf, refusedOf, rowsOf } from './rows';
import { verdictOf } from './verdict';

const name = (value: string | number) => `the ${value}`;
const mean = (value: string, ratio: number, low: number, high: number) => ({
  value,
  cells: 3,
  ratio,
  ci_low: low,
  ci_high: high,
  min: 0.4,
  max: 1.1,
  better: 2,
  worse: 1,
  sentence: `${(1 / ratio).toFixed(2)}× faster`,
});

it('puts what differs first, and of it the largest difference', () => {
  const comparison = aComparison(
    missing('asyncio', 'crashed'),
    anEntry('threads', { ratio: 0.9, q_value: 0.01 }),
    anEntry('fork', { ratio: 0.2, q_value: 0.3 }),
    anEntry('spawn', { ratio: 3, q_value: 0.001 }),
  );
  const rows = rowsOf(comparison, name);
  expect(rows.map(({ entry }) => entry.value)).toEqual(['spawn', 'threads', 'fork', 'asyncio']);
  expect(rows.map(({ differs }) => differs)).toEqual([true, true, false, false]);
  expect(rows[0]?.name).toBe('the spawn: pi, 200 digits, 10 tasks, cpython-3.14');
});

it('has one axis that holds every interval and the band', () => {
  const rows = rowsOf(aComparison(anEntry('threads')), name);
  const { scale, band } = axisOf(rows, 0.02);
  expect(scale.at(2.5)).toBeLessThan(1);
  expect(scale.at(band.low)).toBeGreaterThan(0);
});

it('counts what was refused by what it needs', () => {
  const needs = (value: string) =>
    anEntry(value, { ratio: null, needs: 'across=host', reason: 'measured on w2' });
  expect(refusedOf(aComparison(needs('threads'), needs('asyncio'), anEntry('fork')))).toEqual([
    { needs: 'across=host', reason: 'measured on w2', entries: 2 },
  ]);
});

it('says the verdict of the mean, and no verdict where its interval holds 1', () => {
  const comparison = aComparison(anEntry('threads'));
  const told = (...means: ReturnType<typeof mean>[]) =>
    verdictOf({ ...comparison, summary: { ...comparison.summary, means } }, name);
  expect(told(mean('threads', 0.5, 0.4, 0.6))).toBe(
    'the threads: 2.00× faster than the sequential in the mean of 3 cells',
  );
  expect(told(mean('threads', 0.99, 0.9, 1.1))).toBe(
    'No clear difference in the mean between the threads and the sequential',
  );
  expect(told(mean('fork', 0.9, 0.8, 0.95), mean('threads', 0.5, 0.4, 0.6))).toContain(
    'the threads: 2.00× faster than the sequential in the mean of 3 cells, the best of 2 contenders',
  );
});

it('writes lines that a table reads, whatever is in the words', () => {
  const comparison = aComparison(anEntry('threads "a", b'));
  const lines = csvOf(comparison).split('\r\n');
  expect(lines[0]).toContain('workload,digits,tasks,interpreter,model,baseline,measure,unit,ratio');
  expect(lines[2]).toContain('"threads ""a"", b",sequential,total_seconds,s,0.5,0.4,0.625');
  expect(lines).toHaveLength(4);
});

it('asks for two runs without a pivot, and for the cells of one with it', () => {
  const common = { run: 'b', measure: 'cpu_seconds', across: ['host', 'protocol'], unpaired: true };
  expect(address({ ...common, against: 'a' })).toBe(
    '/api/v1/comparisons?run=b&against=a&measure=cpu_seconds&across=host&across=protocol',
  );
  expect(address({ ...common, across: [], pivot: 'model', baseline: 'threads' })).toBe(
    '/api/v1/comparisons?run=b&pivot=model&baseline=threads&measure=cpu_seconds&unpaired=true',
  );
  expect(asCurl({ ...common, against: 'a' }, 'http://x')).toContain(
    "'http://x/api/v1/comparisons?",
  );
});
