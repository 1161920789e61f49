import { DataTable } from '../../components/DataTable';
import type { Schedule } from '../../lib/api';
import { dateTime, span } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { outcomeOf, wallClock } from './schedules';
import { ScheduleActions } from './ScheduleActions';

const COLUMNS = [
  { title: 'Schedule' },
  { title: 'Due' },
  { title: 'Next' },
  { title: 'Last' },
  { title: 'State' },
  { title: 'Actions' },
];

/** Every schedule with when it is due next, what became of it last, and whether a run is missing. */
export function ScheduleTable({ schedules }: { schedules: readonly Schedule[] }) {
  const now = useNow();
  return (
    <section class="card">
      <h2>Schedules</h2>
      <p class="subtitle">each due time makes one run, whichever server is there</p>
      {schedules.length === 0 ? (
        <p>Nothing is repeated yet. Switch the nightly suite on above, or schedule another one.</p>
      ) : (
        <DataTable
          label="Schedules"
          columns={COLUMNS}
          rows={schedules.map((schedule) => [
            <span key="name" class="what">
              <a href={`/schedules?schedule=${schedule.id}`}>{schedule.name}</a>
              <span class="quiet">suite {schedule.suite}</span>
            </span>,
            <When key="when" schedule={schedule} />,
            <Next key="next" schedule={schedule} now={now} />,
            <Last key="last" schedule={schedule} />,
            <State key="state" schedule={schedule} now={now} />,
            <ScheduleActions key="actions" schedule={schedule} />,
          ])}
        />
      )}
    </section>
  );
}

function When({ schedule }: { schedule: Schedule }) {
  const { words, zone, on_new_interpreter: onNew, repetitions } = schedule;
  return (
    <span class="what">
      {words && <span>{words}</span>}
      {words && <span class="quiet">{zone}</span>}
      {onNew && <span>on a new interpreter</span>}
      {repetitions !== null && <span class="quiet">{repetitions} times in all</span>}
    </span>
  );
}

function Next({ schedule, now }: { schedule: Schedule; now: number }) {
  const next = schedule.next_firings[0];
  if (!next) return <span class="quiet">none</span>;
  const seconds = (new Date(next.due_at).getTime() - now) / 1_000;
  return (
    <span class="what">
      <time dateTime={next.local}>{wallClock(next.local)}</time>
      <span class="quiet">{seconds > 0 ? `in ${span(seconds)}` : 'due now'}</span>
    </span>
  );
}

function Last({ schedule: { last_firing: last } }: { schedule: Schedule }) {
  if (!last) return <span class="quiet">not yet</span>;
  const { words, bad } = outcomeOf(last);
  return (
    <span class="what">
      <span class={bad ? 'slower' : undefined}>
        {last.run ? <a href={`/runs/${last.run}`}>{words}</a> : words}
      </span>
      <time class="quiet" dateTime={last.due_at}>
        {dateTime(last.due_at)}
      </time>
    </span>
  );
}

function State({ schedule, now }: { schedule: Schedule; now: number }) {
  const { state, overdue } = schedule;
  if (!overdue) return <span class={state === 'active' ? undefined : 'quiet'}>{state}</span>;
  const seconds = (now - new Date(overdue.since).getTime()) / 1_000;
  return (
    <span class="what">
      <span class="slower overdue">
        <span aria-hidden="true">!</span> overdue for {span(seconds)}
      </span>
      <span class="why quiet">{overdue.reason}</span>
    </span>
  );
}
