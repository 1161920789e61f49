import { DataTable } from '../../components/DataTable';
import type { Interpreter } from '../../lib/api';

const COLUMNS = [
  { title: 'Line' },
  { title: 'Version' },
  { title: 'Usable' },
  { title: 'Program' },
];

/** Every Python that was found on a host. */
export function HostInterpreters({ interpreters }: { interpreters: readonly Interpreter[] }) {
  return (
    <section class="card">
      <h2>Interpreters</h2>
      {interpreters.length === 0 ? (
        <p>No Python was found. Set lanes.worker.interpreters on the host and start its worker.</p>
      ) : (
        <DataTable
          label="Interpreters"
          columns={COLUMNS}
          rows={interpreters.map((found) => [
            found.line,
            found.version,
            found.usable ? 'yes' : <span class="slower">no: {found.reason}</span>,
            <code key="program">{found.executable}</code>,
          ])}
        />
      )}
    </section>
  );
}
