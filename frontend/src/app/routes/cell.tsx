import { useQuery } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { CellFacts } from '../../features/cells/CellFacts';
import { MeasureTable } from '../../features/cells/MeasureTable';
import { roundsOf } from '../../features/cells/rounds';
import { Samples } from '../../features/cells/Samples';
import type { Cell, Measure, Run } from '../../lib/api';
import { describe, parametersOf } from '../../lib/axes';
import { cellQuery, evidenceQuery, measuresQuery, runQuery } from '../../lib/queries';
import { isLive } from '../../lib/runs';
import { NotFound } from '../NotFound';

/** One cell of a run: the figures, and every sample behind them. */
export default function CellDetail({ id }: { id: string }) {
  const { query } = useLocation();
  // Cells are served by run, so the link names it.
  return query.run ? <CellOfRun id={id} runId={query.run} /> : <NotFound />;
}

function CellOfRun({ id, runId }: { id: string; runId: string }) {
  const run = useQuery(runQuery(runId));
  if (run.data) return <CellPage id={id} run={run.data} />;
  return (
    <Page title="Cell" lead={'\u00a0'}>
      <Loaded query={run} height={640}>
        {() => null}
      </Loaded>
    </Page>
  );
}

function CellPage({ id, run }: { id: string; run: Run }) {
  const query = useQuery(cellQuery(id, isLive(run)));
  const { data: measures = [] } = useQuery(measuresQuery);
  const { data: cell } = query;
  return (
    <Page
      title={cell ? nameOf(cell) : 'Cell'}
      lead={<Lead run={run} />}
      actions={
        <>
          <a class="button" href={`/api/v1/cells/${id}/samples?format=csv`} download>
            CSV
          </a>
          <CopyLink />
        </>
      }
    >
      <Loaded query={query} height={640}>
        {(found) => (
          <div class="stack">
            <div class="two">
              <CellFacts cell={found} />
              <MeasureTable cell={found} measures={measures} />
            </div>
            {found.rounds > 0 && <Measured cell={found} run={run} measures={measures} />}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

interface Props {
  cell: Cell;
  run: Run;
  measures: readonly Measure[];
}

/** Samples can be read without the evidence, so they do not wait for it. */
function Measured({ cell, run, measures }: Props) {
  const { data: evidence = [] } = useQuery(evidenceQuery(run));
  return <Samples cell={cell} measures={measures} rounds={roundsOf(cell, evidence)} />;
}

const Lead = ({ run }: { run: Run }) => (
  <span>
    A cell of <a href={`/runs/${run.id}`}>{run.name}</a>
  </span>
);

function nameOf({ axes, role }: Cell): string {
  const name = describe(axes, ['workload', ...parametersOf([axes]), 'model', 'interpreter']);
  return role === 'subject' ? name : `${name} (${role})`;
}
