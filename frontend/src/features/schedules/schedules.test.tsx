import { QueryClient, QueryClientProvider } from '@tanstack/preact-query';
import { cleanup, render, screen, within } from '@testing-library/preact';
import type { ComponentChildren } from 'preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, expect, it } from 'vitest';
import type { Session } from '../../lib/api';
import { aFiring, aSchedule } from './schedule.fixture';
import { formOf, inUtc, outcomeOf, requestFrom, requestOf, wallClock } from './schedules';
import { ScheduleTable } from './ScheduleTable';

afterEach(cleanup);

it('reads local times as the clock of their zone shows them, whatever zone the browser is in', () => {
  expect(wallClock('2026-11-27T02:00:00+01:00')).toBe('Fri 2026-11-27 02:00');
  expect(wallClock('2026-10-04T02:30:00+11:00')).toBe('Sun 2026-10-04 02:30');
  expect(inUtc('2026-11-26T23:59:00Z')).toBe('Thu 2026-11-26 23:59');
});

it('sends a schedule back as it is, but for what is changed', () => {
  const request = requestOf(aSchedule(), { paused: true });
  expect(request).toEqual({
    name: 'nightly',
    suite: 'nightly',
    cron: '0 2 * * *',
    zone: 'Europe/Berlin',
    missed: 'once',
    paused: true,
    repetitions: null,
    on_new_interpreter: false,
    labels: { team: 'red' },
    priority: null,
    profiles: null,
  });
});

it('keeps what the form does not show, and passes on what is no number', () => {
  const schedule = aSchedule({ paused: true });
  const same = requestFrom(formOf(schedule, 'x'), schedule);
  expect(same).toEqual(requestOf(schedule));
  const wrong = { ...formOf(schedule, 'x'), repetitions: 'many', cron: ' ' };
  expect(requestFrom(wrong, schedule)).toMatchObject({ repetitions: 'many', cron: null });
});

it('says what became of a due time', () => {
  expect(outcomeOf(aFiring())).toEqual({ words: 'fired', bad: false });
  expect(outcomeOf(aFiring({ outcome: 'failed', run: null })).bad).toBe(true);
  expect(outcomeOf(aFiring({ cause: 'by_hand' })).words).toBe('fired by hand');
});

/** The page's surroundings, with somebody signed in. */
function asA(role: Session['role'], children: ComponentChildren) {
  const client = new QueryClient();
  client.setQueryData(['session'], { name: 'ann', role });
  return render(
    <QueryClientProvider client={client}>
      <LocationProvider>{children}</LocationProvider>
    </QueryClientProvider>,
  );
}

it('shows when a schedule is due and what became of it last', () => {
  asA('admin', <ScheduleTable schedules={[aSchedule()]} />);
  const row = screen.getByRole('row', { name: /^nightly/ });
  expect(within(row).getByText('at 02:00 every day')).toBeTruthy();
  expect(within(row).getByText('Fri 2026-11-27 02:00')).toBeTruthy();
  expect(within(row).getByRole('link', { name: 'fired' }).getAttribute('href')).toBe(
    '/runs/0199a3c0-0000-7000-8000-000000000003',
  );
  expect(within(row).getByRole('button', { name: /Pause/ })).toBeTruthy();
});

it('says that a run is missing, since when and why', () => {
  const overdue = { since: new Date(Date.now() - 7_200_000).toISOString(), reason: 'no server' };
  asA('viewer', <ScheduleTable schedules={[aSchedule({ overdue })]} />);
  expect(screen.getByText(/overdue for 2.0/)).toBeTruthy();
  expect(screen.getByText('no server')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Pause/ })).toBeNull();
});

it('says what to do where nothing is repeated', () => {
  asA('admin', <ScheduleTable schedules={[]} />);
  expect(screen.getByText(/Nothing is repeated yet/)).toBeTruthy();
});
