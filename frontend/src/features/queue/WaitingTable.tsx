import { DataTable } from '../../components/DataTable';
import type { WaitingJob } from '../../lib/api';
import { ago, counted, dateTime } from '../../lib/format';
import { useNow } from '../../lib/hooks';

const COLUMNS = [
  { title: 'Run' },
  { title: 'Place', number: true },
  { title: 'Profile' },
  { title: 'Owner' },
  { title: 'Priority', number: true },
  { title: 'Waiting since', number: true },
  { title: 'Why it waits' },
];

interface Props {
  jobs: readonly WaitingJob[];
  /** How many wait: those that are listed, and more. */
  total: number;
}

/** What waits for a host, in the order in which it is expected to begin, and why. */
export function WaitingTable({ jobs, total }: Props) {
  const now = useNow();
  return (
    <section class="card">
      <h2>Next</h2>
      <p class="subtitle">
        {counted(total, 'job')} waiting
        {total > jobs.length && `, the first ${jobs.length} listed`}; owners take turns, and what
        waits gains on what is urgent
      </p>
      {jobs.length === 0 ? (
        <p>
          Nothing waits. <a href="/submit">Submit a run</a>; a free host takes it at once.
        </p>
      ) : (
        <DataTable
          label="Next"
          columns={COLUMNS}
          rows={jobs.map((job) => [
            <a key="run" href={`/runs/${job.run}`}>
              {job.run_name}
            </a>,
            job.position,
            job.profile,
            job.owner,
            job.priority,
            <time key="since" dateTime={job.waiting_since} title={dateTime(job.waiting_since)}>
              {ago(job.waiting_since, now)}
            </time>,
            <span key="why" class="why">
              {job.reason}
            </span>,
          ])}
        />
      )}
    </section>
  );
}
