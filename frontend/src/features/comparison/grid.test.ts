import { expect, it } from 'vitest';
import type { Comparison } from '../../lib/api';
import { aComparison, anEntry } from './comparison.fixture';
import { gridOf, leader } from './grid';

function withAxes(...axes: Record<string, string | number>[]): Comparison {
  const comparison = aComparison(anEntry('threads'));
  const [group] = comparison.groups;
  return { ...comparison, groups: axes.flatMap((one) => (group ? [{ ...group, axes: one }] : [])) };
}

it('names rows by what varies and leaves the rest to the subtitle', () => {
  const grid = gridOf(
    withAxes(
      { workload: 'pi', digits: 2000, tasks: 10, interpreter: 'cpython-3.14' },
      { workload: 'pi', digits: 200, tasks: 10, interpreter: 'cpython-3.14' },
    ),
  );
  expect(grid.rowAxes).toEqual(['digits']);
  expect(grid.common).toEqual({ tasks: 10, interpreter: 'cpython-3.14' });
  expect(grid.blocks[0]?.rows.map(({ axes }) => axes.digits)).toEqual([200, 2000]);
});

it('names a single row by the parameters of its workload', () => {
  const grid = gridOf(withAxes({ workload: 'pi', digits: 200, tasks: 10 }));
  expect(grid.rowAxes).toEqual(['digits']);
  expect(grid.common).toEqual({ tasks: 10 });
});

it('puts the parameters of all workloads into one column', () => {
  const grid = gridOf(
    withAxes(
      { workload: 'pi', digits: 200, interpreter: 'cpython-3.13' },
      { workload: 'distance', items: 5, pieces: 1, interpreter: 'cpython-3.14' },
    ),
  );
  expect(grid.columns.map(({ title }) => title)).toEqual(['parameters', 'interpreter']);
  expect(grid.blocks.map(({ workload }) => workload)).toEqual(['distance', 'pi']);
});

it('finds the model that leads most rows', () => {
  const comparison = withAxes({ workload: 'pi', digits: 1 }, { workload: 'pi', digits: 2 });
  expect(leader(comparison)).toEqual({ models: ['threads'], rows: 2, of: 2 });
  expect(leader({ ...comparison, groups: [] })).toBeUndefined();
});

it('names every model that leads as many rows', () => {
  const comparison = withAxes({ workload: 'pi', digits: 1 });
  const tied = comparison.groups.map((group) => ({ ...group, fastest: ['threads', 'sequential'] }));
  expect(leader({ ...comparison, groups: tied })?.models).toEqual(['sequential', 'threads']);
});
