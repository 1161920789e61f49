import { Left, Progress } from '../../components/Progress';
import { Updated } from '../../components/Updated';
import type { Run } from '../../lib/api';
import { counted, dateTime, span } from '../../lib/format';
import { isLive } from '../../lib/runs';
import { StateChip } from './StateChip';

interface Props {
  run: Run;
  /** When the run's state was last read, in milliseconds. */
  readAt: number;
  error: Error | null;
}

/** How far a run is, why it waits, and where it is measured. */
export function RunHead({ run, readAt, error }: Props) {
  const live = isLive(run);
  const hosts = [...new Set(run.jobs.flatMap((job) => (job.host === null ? [] : [job.host])))];
  return (
    <section class="card" aria-label="Progress">
      <div class="run-line">
        <StateChip run={run} />
        {hosts.length > 0 && <span class="quiet">on {hosts.join(', ')}</span>}
        {live && <Updated at={readAt} />}
        {run.finished_at !== null && (
          <span class="quiet">finished {dateTime(run.finished_at)}</span>
        )}
        <b class="left">{live ? <Left run={run} /> : took(run)}</b>
      </div>
      <Progress run={run} />
      {error && <p class="note">The server did not answer the last time. Trying again.</p>}
      <Search run={run} />
      <Jobs run={run} />
    </section>
  );
}

/** What a run with a goal looks for, and how that stands. */
function Search({ run: { id, search } }: { run: Run }) {
  if (!search) return null;
  const { x, a, b, octaves, measure, state, steps, reason } = search;
  const query = new URLSearchParams({ run: id, x, pivot: search.pivot, a, b, measure });
  return (
    <p>
      From which {x} on is {a} better than {b}, within {octaves}{' '}
      {octaves === 1 ? 'octave' : 'octaves'}?{' '}
      {state === 'searching' &&
        (steps === 0 ? 'Looking. ' : `Looking, after ${counted(steps, 'further step')}. `)}
      {state === 'found' && `Found after ${counted(steps, 'further step')}. `}
      {state === 'ended' && `No answer: ${reason}. `}
      <a href={`/scaling?${query.toString()}#crossover`}>See the crossover</a>
    </p>
  );
}

/** Jobs say why they wait or failed; the usual single finished one says nothing new. */
function Jobs({ run: { jobs } }: { run: Run }) {
  const telling = jobs.filter((job) => job.reason !== null || job.attempt > 1);
  return (
    <ul class="jobs">
      {telling.map((job) => (
        <li key={job.id}>
          Job for profile {job.profile}: {job.state}
          {job.attempt > 1 && `, attempt ${job.attempt}`}
          {job.reason !== null && `: ${job.reason}`}
        </li>
      ))}
    </ul>
  );
}

function took({ started_at: started, finished_at: finished }: Run): string {
  if (started === null || finished === null) return '';
  const seconds = (new Date(finished).getTime() - new Date(started).getTime()) / 1_000;
  return `took ${span(seconds)}`;
}

/** One line under the run's name. */
export function runLead(run: Run): string {
  const labels = Object.entries(run.labels).map(([key, value]) => `${key} ${value}`);
  return [
    counted(run.progress.cells_total, 'cell'),
    `submitted ${dateTime(run.created_at)}`,
    run.priority === 0 ? null : `priority ${run.priority}`,
    ...labels,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
