import { describe as suite, expect, it } from 'vitest';
import { byValue, describe, parametersOf, shared, varying } from './axes';

const SMALL = { workload: 'pi', digits: 200, tasks: 10, interpreter: 'cpython-3.14' };
const LARGE = { ...SMALL, digits: 2000 };

suite('axes', () => {
  it('finds what varies and what all have in common', () => {
    expect(varying([SMALL, LARGE])).toEqual(['digits']);
    expect(shared([SMALL, LARGE])).toEqual({
      workload: 'pi',
      tasks: 10,
      interpreter: 'cpython-3.14',
    });
    expect(varying([])).toEqual([]);
  });

  it('counts an axis that only some have as varying', () => {
    expect(varying([SMALL, { workload: 'noop', tasks: 10, interpreter: 'cpython-3.14' }])).toEqual([
      'workload',
      'digits',
    ]);
  });

  it('knows the parameters of workloads', () => {
    expect(parametersOf([SMALL, { workload: 'distance', items: 5 }])).toEqual(['digits', 'items']);
  });

  it('says a combination in reading order', () => {
    const axes = { parallelism: 2, tasks: 1, digits: 20000, workload: 'pi', profile: 'any' };
    expect(describe(axes)).toBe('pi, 20,000 digits, 1 task, parallelism 2, profile any');
    expect(describe(LARGE, ['digits', 'workload'])).toBe('pi, 2000 digits');
    expect(describe({ mode: 'list' })).toBe('mode list');
  });

  it('sorts numbers by size and interpreters by version', () => {
    expect([1000, 200, 30].sort(byValue)).toEqual([30, 200, 1000]);
    expect(['cpython-3.14', 'cpython-3.9'].sort(byValue)).toEqual(['cpython-3.9', 'cpython-3.14']);
  });
});
