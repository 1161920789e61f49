import { expect, it } from 'vitest';
import type { Interpreter, Model, Support } from '../../lib/api';
import { gridOf, reasonsOf } from './support';

const model = (id: string) => ({ id, title: id }) as Model;
const interpreter = (line: string, usable = true) => ({ line, usable }) as Interpreter;
const found = (id: string, line: string, verdict: Support['verdict'], host = 'one'): Support => ({
  host,
  interpreter: `${line}.1`,
  line,
  model: id,
  verdict,
  reason: verdict === 'supported' ? null : `why ${id}`,
});

const MODELS = [model('sequential'), model('threads')];
const LINES = ['cpython-3.10', 'cpython-3.9', 'cpython-3.13t', 'cpython-3.13'];

it('has a column for each usable line, oldest first', () => {
  const grid = gridOf(
    MODELS,
    [...LINES.map((line) => interpreter(line)), interpreter('cpython-2.7', false)],
    [],
  );
  expect(grid.lines).toEqual(['cpython-3.9', 'cpython-3.10', 'cpython-3.13', 'cpython-3.13t']);
});

it('counts what was not probed yet', () => {
  const grid = gridOf(MODELS, [interpreter('a')], [found('threads', 'a', 'supported')]);
  expect(grid.pending).toBe(1);
  expect(grid.rows[0]?.known).toEqual([undefined]);
});

it('shows the broken one where hosts differ', () => {
  const grid = gridOf(
    [model('threads')],
    [interpreter('a')],
    [found('threads', 'a', 'supported'), found('threads', 'a', 'crash_teardown', 'two')],
  );
  expect(grid.rows[0]?.known[0]?.verdict).toBe('crash_teardown');
});

it('tells a reason once, with everything it holds for', () => {
  const grid = gridOf(
    [model('threads')],
    [interpreter('a'), interpreter('b')],
    [found('threads', 'a', 'unsupported'), found('threads', 'b', 'unsupported')],
  );
  expect(reasonsOf(grid)).toEqual([
    { words: 'unsupported', reason: 'why threads', where: ['threads on a', 'threads on b'] },
  ]);
});
