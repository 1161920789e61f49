import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { Cell } from '../../lib/api';
import { Failures, LeftOut } from './Failures';

afterEach(cleanup);

const aCell = (model: string, rest: Partial<Cell>): Cell => ({
  id: `cell-of-${model}`,
  run: 'a-run',
  index: 0,
  group: 0,
  axes: { workload: 'pi', digits: 200, model },
  outcome: 'succeeded',
  reason: null,
  evidence: null,
  host: 'lab1',
  build: null,
  rounds: 12,
  role: 'subject',
  loops: 1,
  turns: 12,
  warmups: 1,
  quality: null,
  quality_reasons: [],
  preliminary: false,
  environment: {},
  measures: {},
  ...rest,
});

it('lists what broke with what it left behind', () => {
  render(
    <Failures
      run="a-run"
      cells={[
        aCell('sequential', {}),
        aCell('threads', {
          outcome: 'crashed',
          reason: 'died in round 3',
          evidence: {
            exit_signal: 'SIGSEGV',
            exit_code: null,
            stderr_tail: 'Fatal Python error',
            traceback: null,
          },
        }),
      ]}
    />,
  );
  expect(screen.getByRole('heading', { name: '1 cell failed' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'pi, threads' })).toBeTruthy();
  for (const words of ['crashed', 'died in round 3', /SIGSEGV/, 'Fatal Python error']) {
    expect(screen.getByText(words)).toBeTruthy();
  }
});

it('calls what was left out no failure', () => {
  const cells = [aCell('threads', { outcome: 'unsupported', reason: 'needs 3.13' })];
  render(
    <>
      <Failures run="a-run" cells={cells} />
      <LeftOut run="a-run" cells={cells} />
    </>,
  );
  expect(screen.queryByRole('heading')).toBeNull();
  expect(screen.getByText('1 cell not measured')).toBeTruthy();
  expect(screen.getByText(/needs 3\.13/)).toBeTruthy();
});
