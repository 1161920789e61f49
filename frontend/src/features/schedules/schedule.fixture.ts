import type { Firing, Schedule } from '../../lib/api';

/** A firing that made a run, unless a test changes it. */
export const aFiring = (changes: Partial<Firing> = {}): Firing => ({
  id: '0199a3c0-0000-7000-8000-000000000002',
  due_at: '2026-11-26T01:00:00Z',
  fired_at: '2026-11-26T01:00:02Z',
  cause: 'cron',
  outcome: 'fired',
  run: '0199a3c0-0000-7000-8000-000000000003',
  reason: null,
  problem: null,
  ...changes,
});

/** The nightly suite at 02:00 in Berlin, unless a test changes it. */
export const aSchedule = (changes: Partial<Schedule> = {}): Schedule => ({
  id: '0199a3c0-0000-7000-8000-000000000001',
  name: 'nightly',
  suite: 'nightly',
  cron: '0 2 * * *',
  words: 'at 02:00 every day',
  zone: 'Europe/Berlin',
  missed: 'once',
  paused: false,
  repetitions: null,
  on_new_interpreter: false,
  labels: { team: 'red' },
  priority: null,
  profiles: null,
  owner: 'ann',
  created_at: '2026-11-20T10:00:00Z',
  version: '"1"',
  state: 'active',
  next_firings: [
    { due_at: '2026-11-27T01:00:00Z', local: '2026-11-27T02:00:00+01:00' },
    { due_at: '2026-11-28T01:00:00Z', local: '2026-11-28T02:00:00+01:00' },
  ],
  last_firing: aFiring(),
  overdue: null,
  ...changes,
});
