import { expect, it } from 'vitest';
import { curl } from './curl';
import { maySubmit, progressParts } from './runs';

const progress = {
  cells_total: 14,
  cells_done: 5,
  cells_failed: 1,
  cells_unsupported: 2,
  current: 'pi · threads',
  seconds_left: 40,
};

it('splits progress into parts that do not overlap', () => {
  expect(progressParts(progress, true)).toEqual({
    total: 14,
    done: 5,
    succeeded: 2,
    unsupported: 2,
    failed: 1,
    running: 1,
  });
});

it('shows nothing as running once a run has ended', () => {
  expect(progressParts(progress, false).running).toBe(0);
});

it('lets submitters and admins submit, nobody else', () => {
  const roles = [null, 'viewer', 'submitter', 'admin'] as const;
  expect(roles.map((role) => maySubmit({ name: null, role }))).toEqual([false, false, true, true]);
  expect(maySubmit(undefined)).toBe(false);
});

it('writes a curl line that keeps quotes in names', () => {
  const line = curl({ name: "it's", matrix: {} }, 'http://localhost:8080');
  expect(line).toContain('-d \'{"name":"it\'\\\'\'s","matrix":{}}\'');
  expect(line.split('\n')[0]).toBe('curl -sS http://localhost:8080/api/v1/runs \\');
});
