import { DataTable } from '../../components/DataTable';
import { Standing } from '../../components/Standing';
import type { Live } from '../../lib/api';
import { ago, dateTime, span } from '../../lib/format';
import { useNow } from '../../lib/hooks';

const COLUMNS = [
  { title: 'Host' },
  { title: 'State' },
  { title: 'Run' },
  { title: 'Now' },
  { title: 'Cells', number: true },
  { title: 'Left', number: true },
  { title: 'Since', number: true },
];

/** Every host and what it measures at the moment; those that measure come first. */
export function LiveTable({ hosts }: { hosts: readonly Live[] }) {
  const now = useNow();
  const sorted = [...hosts].sort((a, b) => Number(!a.measuring) - Number(!b.measuring));
  const busy = hosts.filter(({ measuring }) => measuring !== null).length;
  return (
    <section class="card">
      <h2>Now</h2>
      <p class="subtitle">
        {busy} of {hosts.length} hosts measuring
      </p>
      {hosts.length === 0 ? (
        <p>No host has reported yet. Start a worker; it appears here by itself.</p>
      ) : (
        <DataTable
          label="Now"
          columns={COLUMNS}
          rows={sorted.map((live) => [
            <a key="name" href={`/hosts/${live.host}`}>
              {live.host}
            </a>,
            <Standing key="state" host={live} />,
            ...measured(live.measuring, now),
          ])}
        />
      )}
    </section>
  );
}

function measured(measuring: Live['measuring'], now: number) {
  if (!measuring)
    return [
      <span key="run" class="quiet">
        nothing
      </span>,
      '',
      '',
      '',
      '',
    ];
  const { acknowledged, attempt, current, seconds_left: left, since } = measuring;
  return [
    <span key="run">
      <a href={`/runs/${measuring.run}`}>{measuring.run_name}</a>{' '}
      <span class="quiet">
        of {measuring.owner}
        {attempt > 1 && `, attempt ${attempt}`}
      </span>
    </span>,
    acknowledged ? (current ?? 'begins') : <span class="quiet">is handed to its worker</span>,
    `${measuring.cells_done} / ${measuring.cells_total}`,
    left === null ? <span class="quiet">unknown</span> : `~${span(left)}`,
    <time key="since" dateTime={since} title={dateTime(since)}>
      {ago(since, now)}
    </time>,
  ];
}
