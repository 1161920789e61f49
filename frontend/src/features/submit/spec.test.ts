import { expect, it } from 'vitest';
import { faultsOf } from '../../lib/faults';
import { cellCount, limits, specOf, type Form } from './spec';

const digits = {
  name: 'digits',
  type: 'integer' as const,
  unit: 'digits',
  description: 'decimal digits',
  default: 200,
  minimum: 1,
  maximum: 20000,
  choices: [],
};
const pi = {
  id: 'pi',
  title: 'Digits of pi',
  summary: '',
  origin: '',
  sha256: '',
  kind: 'tasks' as const,
  requires: [],
  services: [],
  parameters: [digits],
};
const form: Form = {
  name: '',
  workload: 'pi',
  parameters: { digits: '200, 2000' },
  tasks: '10',
  parallelism: '2,4,',
  models: ['sequential', 'threads'],
  interpreters: ['cpython-3.14'],
  precision: 'quick',
  judged: ['steady_seconds', 'total_seconds'],
};

it('makes a run of what was typed', () => {
  const spec = specOf(form, pi);
  expect(spec.name).toBe('pi');
  expect(spec.matrix).toEqual({
    workload: ['pi'],
    digits: [200, 2000],
    tasks: [10],
    parallelism: [2, 4],
    model: ['sequential', 'threads'],
    interpreter: ['cpython-3.14'],
  });
  expect(cellCount(spec)).toBe(8);
});

it('names the judged measures only when they are not the usual ones', () => {
  expect(specOf(form, pi).precision?.measures).toBeUndefined();
  const judged = ['steady_seconds'];
  expect(specOf({ ...form, judged }, pi).precision?.measures).toEqual(judged);
});

it('uses the default of a parameter that was not touched', () => {
  expect(specOf({ ...form, parameters: {} }, pi).matrix.digits).toEqual([200]);
});

it('passes on what is no number, for the server to name the rule', () => {
  expect(specOf({ ...form, tasks: 'many' }, pi).matrix.tasks).toEqual(['many']);
});

it('counts no cell when an axis is empty', () => {
  expect(cellCount(specOf({ ...form, models: [] }, pi))).toBe(0);
});

it('brings errors to the field their pointer names', () => {
  const problem = {
    title: 'The run cannot be queued',
    status: 422,
    errors: [
      { pointer: '/matrix/digits/1', detail: 'digits must be at most 20000.', allowed: null },
      { pointer: '/matrix/model/0', detail: 'no model "thread".', allowed: ['threads'] },
      { pointer: '/name', detail: 'name is too long.', allowed: null },
      { pointer: '/labels/commit', detail: 'no such label.', allowed: null },
    ],
  };
  const faults = faultsOf(problem, ['digits', 'model', 'name']);
  expect(faults.fields).toEqual({
    digits: ['digits must be at most 20000.'],
    model: ['no model "thread". Allowed: threads.'],
    name: ['name is too long.'],
  });
  expect(faults.rest).toEqual(['no such label.']);
});

it('says what a parameter allows', () => {
  expect(limits(digits)).toBe('decimal digits; 1 to 20000; default 200');
  expect(limits({ ...digits, description: '', maximum: null })).toBe('at least 1; default 200');
});
