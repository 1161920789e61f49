import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { Measure } from '../../lib/api';
import { pivotsOf, questionOf, sizeAxes } from './asked';
import { CrossoverFigures } from './CrossoverFigure';
import { axesOf, factorsBetween, placesOf, readable } from './plot';
import { aCrossing, aCrossingList, aPoint, aScaling } from './scaling.fixture';
import { ScalingFigures } from './ScalingFigure';
import { factorWords, finding, shareWords } from './words';

afterEach(cleanup);

const SECONDS = {
  id: 'steady_seconds',
  title: 'Steady',
  direction: 'lower_is_better',
} as Measure;

const cells = (sizes: number[], models: string[]) =>
  sizes.flatMap((digits) => models.map((model) => ({ workload: 'pi', digits, tasks: 2, model })));

it('asks along the first axis of numbers that has three sizes', () => {
  const some = cells([50, 100, 200], ['threads', 'subinterpreters']);
  expect(sizeAxes(some)).toEqual(['digits']);
  expect(pivotsOf(some, 'digits')).toEqual(['model']);
  expect(questionOf('r', some, 'm', {})).toEqual({
    run: 'r',
    x: 'digits',
    pivot: 'model',
    a: 'subinterpreters',
    b: 'threads',
    measure: 'm',
  });
});

it('keeps wishes that the run can answer and drops the others', () => {
  const some = cells([50, 100, 200], ['threads', 'subinterpreters', 'asyncio']);
  const asked = questionOf('r', some, 'm', { a: 'asyncio', b: 'nothing', x: 'tasks' });
  expect(asked).toMatchObject({ x: 'digits', a: 'asyncio', b: 'threads' });
});

it('never asks whether something is better than itself', () => {
  const some = cells([50, 100, 200], ['threads', 'subinterpreters']);
  expect(questionOf('r', some, 'm', { a: 'threads', b: 'threads' })).toMatchObject({
    a: 'subinterpreters',
    b: 'threads',
  });
});

it('takes workers for a size only where nothing else is one', () => {
  const some = [1, 2, 4].flatMap((parallelism) =>
    ['threads', 'asyncio'].map((model) => ({ workload: 'pi', parallelism, model })),
  );
  expect(questionOf('r', some, 'm', {})).toMatchObject({ x: 'parallelism' });
  const plain = some.filter(({ model, parallelism }) => model === 'threads' || parallelism === 1);
  expect(questionOf('r', plain, 'm', {})).toBeUndefined();
});

it('has no question where there are two sizes or one model', () => {
  expect(questionOf('r', cells([50, 100], ['a', 'b']), 'm', {})).toBeUndefined();
  expect(questionOf('r', cells([50, 100, 200], ['a']), 'm', {})).toBeUndefined();
});

it('places numbers by their logarithm', () => {
  const { ticks, at } = placesOf([4, 1, 2, 2]);
  expect(ticks).toEqual([1, 2, 4]);
  expect(at(2)).toBeCloseTo((at(1) + at(4)) / 2);
});

it('holds a single number and the ends of intervals', () => {
  expect(placesOf([3]).at(3)).toBeGreaterThan(0);
  const line = { name: 'a', model: 'threads', interpreter: '', points: [] };
  const axes = axesOf([{ ...line, points: [{ x: 1, y: 1, low: 0.2, high: 3, hollow: false }] }]);
  expect(axes.y.at(0.2)).toBeGreaterThan(0);
  expect(axes.y.at(3)).toBeLessThan(1);
});

it('has ticks that read well between the ends of a range', () => {
  expect(factorsBetween(0.9, 9)).toEqual([1, 1.5, 2, 3, 4, 5, 6, 8]);
  expect(factorsBetween(0.04, 0.2)).toEqual([0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2]);
});

it('leaves out ticks that would run into each other', () => {
  const at = (tick: number) => tick / 100;
  expect(readable([10, 20, 60, 90], at, 200)).toEqual([10, 60, 90]);
});

it('tells figures with their interval, or that there is none', () => {
  expect(factorWords({ value: 1.9, ci_low: 1.8, ci_high: 2 })).toBe('1.90× [1.80×, 2.00×]');
  expect(shareWords({ value: 0.1, ci_low: null, ci_high: null })).toBe('10\u202f%');
  expect(factorWords(null)).toBe('–');
});

it('names the best speed-up', () => {
  const slower = aScaling({
    points: [aPoint(8, { speed_up: { value: 0.5, ci_low: 0.4, ci_high: 0.6 } })],
  });
  expect(finding([slower, aScaling()])).toBe(
    'At most 3.60× [3.40×, 3.80×], by threads, cpython-3.14t with 4 workers',
  );
  expect(finding([aScaling({ points: [] })])).toBe('No speed-up can be told');
});

it('shows why a law is not told, and what was left out', () => {
  const line = aScaling({
    left_out: [{ parallelism: 16, cell: 'c', reason: 'ended as crashed: SIGSEGV' }],
    warnings: ['parallelism 2 is noisy: steal 3 %'],
  });
  render(
    <ScalingFigures
      list={{ run: 'r', x: 'parallelism', measure: SECONDS, confidence: 0.95, items: [line] }}
      table
      onTable={() => undefined}
    />,
  );
  expect(screen.getByText('3 of at least 4 numbers of workers')).toBeTruthy();
  expect(screen.getByText('2 remarks')).toBeTruthy();
  expect(screen.getByRole('region', { name: 'Speed-up by number of workers' })).toBeTruthy();
});

it('tells a run without workers what to do', () => {
  render(
    <ScalingFigures
      list={{ run: 'r', x: 'parallelism', measure: SECONDS, confidence: 0.95, items: [] }}
      table={false}
      onTable={() => undefined}
    />,
  );
  expect(screen.getByText(/several values of parallelism/)).toBeTruthy();
});

it('has the answer as its title and every size in its table', () => {
  const list = aCrossingList(SECONDS, aCrossing());
  const question = { run: 'r', x: 'digits', pivot: 'model', a: 'a', b: 'b', measure: 'm' };
  render(<CrossoverFigures question={question} list={list} table onTable={() => undefined} />);
  expect(screen.getByRole('heading').textContent).toMatch(/^From digits = 300 on/);
  expect(screen.getAllByRole('rowheader').map((head) => head.textContent)).toEqual([
    '100',
    '200',
    '400',
    '800',
  ]);
});
