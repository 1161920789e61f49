import { useQuery } from '@tanstack/preact-query';
import { DataTable } from '../../components/DataTable';
import { Loaded } from '../../components/Loaded';
import type { Firing, Schedule } from '../../lib/api';
import { dateTime } from '../../lib/format';
import { DueTimes } from './DueTimes';
import { firingsQuery, outcomeOf } from './schedules';

const COLUMNS = [
  { title: 'Due (your clock)' },
  { title: 'Decided (your clock)' },
  { title: 'Outcome' },
  { title: 'Run' },
  { title: 'Why' },
];

/** One schedule: when it is due next, and what became of the times before. */
export function Firings({ schedule }: { schedule: Schedule }) {
  const firings = useQuery(firingsQuery(schedule.id));
  return (
    <section class="card">
      <h2>{schedule.name}</h2>
      <p class="subtitle">
        {schedule.missed === 'once'
          ? 'times that no server was there for are made up for by one run'
          : 'times that no server was there for make no run'}
        ; a time is skipped while the run before has not finished
      </p>
      {schedule.next_firings.length > 0 && (
        <DueTimes times={schedule.next_firings} zone={schedule.zone ?? 'UTC'} />
      )}
      <Loaded query={firings} height={160}>
        {(all) =>
          all.length === 0 ? (
            <p class="quiet">It has not been due yet.</p>
          ) : (
            <DataTable label="Firings" columns={COLUMNS} rows={all.map(row)} />
          )
        }
      </Loaded>
    </section>
  );
}

function row(firing: Firing) {
  const { words, bad } = outcomeOf(firing);
  const faults = firing.problem?.errors ?? [];
  return [
    <time key="due" dateTime={firing.due_at}>
      {dateTime(firing.due_at)}
    </time>,
    <time key="fired" dateTime={firing.fired_at}>
      {dateTime(firing.fired_at)}
    </time>,
    <span key="outcome" class={bad ? 'slower' : undefined}>
      {words}
    </span>,
    firing.run ? (
      <a key="run" href={`/runs/${firing.run}`}>
        show
      </a>
    ) : (
      <span key="run" class="quiet">
        none
      </span>
    ),
    <span key="why" class="why">
      {firing.problem
        ? faults.length > 0
          ? faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')
          : firing.problem.detail
        : firing.reason}
    </span>,
  ];
}
