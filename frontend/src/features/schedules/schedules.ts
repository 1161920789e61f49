import { queryOptions } from '@tanstack/preact-query';
import type { Firing, Schedule, SchedulePreview, ScheduleRequest, Session } from '../../lib/api';
import { body, http } from '../../lib/http';

/** How often schedules are asked for: what is due changes by itself. */
const PACE_MS = 10_000;

/** What a fresh installation can switch on by one click. */
export const NIGHTLY = 'nightly';
export const EVERY_NIGHT = '0 2 * * *';

/** Schedules are an administrator's: what runs every night is everybody's time. */
export const maySchedule = (session: Session | undefined) => session?.role === 'admin';

/** The zone that this browser's clock shows. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Every zone that the browser knows by name. */
export const zones = () => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

export const schedulesQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: async () => (await body(http.GET('/api/v1/schedules'))).items,
  refetchInterval: PACE_MS,
});

export const firingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['firings', id],
    queryFn: async (): Promise<Firing[]> => {
      const params = { path: { id }, query: { limit: 50 } };
      return (await body(http.GET('/api/v1/schedules/{id}/firings', { params }))).items;
    },
    refetchInterval: PACE_MS,
  });

export const schedulePreviewQuery = (cron: string, zone: string) =>
  queryOptions({
    queryKey: ['schedule-preview', cron, zone],
    queryFn: () =>
      body(http.GET('/api/v1/schedules/preview', { params: { query: { cron, zone } } })),
    enabled: cron.trim() !== '' && zone !== '',
    placeholderData: (previous: SchedulePreview | undefined) => previous,
  });

export const makeSchedule = (request: ScheduleRequest) =>
  body(http.POST('/api/v1/schedules', { body: request }));

export const replaceSchedule = (schedule: Schedule, request: ScheduleRequest) =>
  body(
    http.PUT('/api/v1/schedules/{id}', {
      params: { path: { id: schedule.id }, header: { 'If-Match': schedule.version } },
      body: request,
    }),
  );

export const deleteSchedule = (schedule: Schedule) =>
  body(
    http.DELETE('/api/v1/schedules/{id}', {
      params: { path: { id: schedule.id }, header: { 'If-Match': schedule.version } },
    }),
  );

export const fireNow = (id: string) =>
  body(http.POST('/api/v1/schedules/{id}/firings', { params: { path: { id } } }));

/** What has to be sent to leave a schedule as it is, but for what is changed. */
export function requestOf(
  schedule: Schedule,
  changes: Partial<ScheduleRequest> = {},
): ScheduleRequest {
  const { name, suite, cron, zone, missed, paused, repetitions } = schedule;
  const { on_new_interpreter, labels, priority, profiles } = schedule;
  return {
    name,
    suite,
    cron,
    zone,
    missed,
    paused,
    repetitions,
    on_new_interpreter,
    labels,
    priority,
    profiles,
    ...changes,
  };
}

/** What the form holds, as typed. */
export interface Form {
  suite: string;
  name: string;
  cron: string;
  zone: string;
  missed: Schedule['missed'];
  repetitions: string;
  onNewInterpreter: boolean;
  priority: string;
  profiles: string[];
}

export const formOf = (schedule: Schedule | undefined, suite: string): Form => ({
  suite: schedule?.suite ?? suite,
  name: schedule?.name ?? '',
  cron: schedule ? (schedule.cron ?? '') : EVERY_NIGHT,
  zone: schedule?.zone ?? ownZone(),
  missed: schedule?.missed ?? 'once',
  repetitions: schedule?.repetitions?.toString() ?? '',
  onNewInterpreter: schedule?.on_new_interpreter ?? false,
  priority: schedule?.priority?.toString() ?? '',
  profiles: schedule?.profiles ?? [],
});

/** An empty field leaves the choice to the server; text that is no number is passed on for its refusal. */
const optional = (text: string) =>
  text.trim() === '' ? null : ((Number.isNaN(Number(text)) ? text : Number(text)) as number);

/** What the form asks for; what it does not show stays as it was. */
export const requestFrom = (form: Form, schedule: Schedule | undefined): ScheduleRequest => ({
  suite: form.suite,
  name: form.name.trim() || null,
  cron: form.cron.trim() || null,
  zone: form.zone.trim() || null,
  missed: form.missed,
  paused: schedule?.paused ?? false,
  repetitions: optional(form.repetitions),
  on_new_interpreter: form.onNewInterpreter,
  labels: schedule?.labels ?? {},
  priority: optional(form.priority),
  profiles: form.profiles.length > 0 ? form.profiles : null,
});

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A local time as the zone's clock shows it: `Fri 2026-11-27 02:00`. */
export function wallClock(local: string): string {
  const [day = '', time = ''] = local.split('T');
  const weekday = DAYS[new Date(`${day}T00:00Z`).getUTCDay()] ?? '';
  return `${weekday} ${day} ${time.slice(0, 5)}`;
}

/** An instant in UTC, in the same form. */
export const inUtc = (instant: string) => wallClock(new Date(instant).toISOString());

/** What became of a due time, in a word or two, and whether that should worry anybody. */
export function outcomeOf({ outcome, cause }: Firing): { words: string; bad: boolean } {
  const how = cause === 'by_hand' ? ' by hand' : cause === 'new_interpreter' ? ' for a build' : '';
  return { words: `${outcome}${how}`, bad: outcome !== 'fired' };
}
