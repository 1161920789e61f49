import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { Live, WaitingJob } from '../../lib/api';
import { LiveTable } from './LiveTable';
import { WaitingTable } from './WaitingTable';

afterEach(cleanup);

const RUN = '00000000-0000-7000-8000-000000000001';
const at = '2026-02-01T10:00:00Z';

const idle: Live = {
  host: 'lab1',
  state: 'active',
  online: true,
  last_seen_at: at,
  measuring: null,
};
const busy: Live = {
  ...idle,
  host: 'lab2',
  measuring: {
    acknowledged: true,
    attempt: 2,
    cells_done: 3,
    cells_total: 12,
    current: 'pi threads, round 4',
    fence: 7,
    owner: 'ann',
    profile: 'any',
    run: RUN,
    run_name: 'nightly',
    seconds_left: 40,
    since: at,
  },
};

it('tells what each host measures, the busy ones first', () => {
  render(<LiveTable hosts={[idle, busy]} />);
  const [, first, second] = screen.getAllByRole('row');
  expect(first && within(first).getByRole('link', { name: 'nightly' }).getAttribute('href')).toBe(
    `/runs/${RUN}`,
  );
  expect(first?.textContent).toContain('of ann, attempt 2');
  expect(first?.textContent).toContain('pi threads, round 4');
  expect(first?.textContent).toContain('3 / 12');
  expect(second?.textContent).toContain('nothing');
  expect(screen.getByText('1 of 2 hosts measuring')).toBeTruthy();
});

it('tells a job that no worker has confirmed from one that is measured', () => {
  const measuring = busy.measuring && {
    ...busy.measuring,
    acknowledged: false,
    seconds_left: null,
  };
  render(<LiveTable hosts={[{ ...busy, measuring }]} />);
  expect(screen.getByText('is handed to its worker')).toBeTruthy();
  expect(screen.queryByText('pi threads, round 4')).toBeNull();
  expect(screen.getByText('unknown')).toBeTruthy();
});

const job: WaitingJob = {
  job: RUN,
  run: RUN,
  run_name: 'the table',
  owner: 'bob',
  profile: 'large',
  priority: 10,
  position: 1,
  waiting_since: at,
  reason: 'no active host fulfils the profile "large"',
};

it('says why a job waits, and how many are not listed', () => {
  render(<WaitingTable jobs={[job]} total={500} />);
  expect(screen.getByText(/500 jobs waiting, the first 1 listed/)).toBeTruthy();
  const row = screen.getByRole('row', { name: /^the table/ });
  expect(within(row).getByText(/no active host fulfils/)).toBeTruthy();
});

it('says what to do where nothing waits', () => {
  render(<WaitingTable jobs={[]} total={0} />);
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByRole('link', { name: 'Submit a run' }).getAttribute('href')).toBe('/submit');
});
