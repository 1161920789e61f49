import { DataTable } from '../../components/DataTable';
import type { RunSummary } from '../../lib/api';
import { ago, dateTime } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { StateChip } from './StateChip';
import { Left } from '../../components/Progress';
import { isLive } from '../../lib/runs';

const COLUMNS = [
  { title: 'Run' },
  { title: 'State' },
  { title: 'Cells', number: true },
  { title: 'Failed', number: true },
  { title: 'Left' },
  { title: 'Submitted', number: true },
];

/** Runs as a table, in the order given. */
export function RunList({ runs }: { runs: readonly RunSummary[] }) {
  const now = useNow();
  const rows = runs.map((run) => [
    <a key="name" href={`/runs/${run.id}`}>
      {run.name}
    </a>,
    <StateChip key="state" run={run} />,
    `${run.progress.cells_done} / ${run.progress.cells_total}`,
    run.progress.cells_failed === 0 ? (
      <span class="quiet">0</span>
    ) : (
      <b class="slower">{run.progress.cells_failed}</b>
    ),
    <span key="left" class="quiet">
      {isLive(run) ? <Left run={run} /> : '–'}
    </span>,
    <time key="time" dateTime={run.created_at} title={dateTime(run.created_at)}>
      {ago(run.created_at, now)}
    </time>,
  ]);
  return (
    <section class="card">
      <DataTable label="Runs" columns={COLUMNS} rows={rows} />
    </section>
  );
}
