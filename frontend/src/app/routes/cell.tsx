import { useQuery } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { CellFacts } from '../../features/cells/CellFacts';
import { MeasureTable } from '../../features/cells/MeasureTable';
import { Samples } from '../../features/cells/Samples';
import type { Cell, Run } from '../../lib/api';
import { describe, parametersOf } from '../../lib/axes';
import { cellsQuery, measuresQuery, runQuery } from '../../lib/queries';
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
  const cells = useQuery(cellsQuery(run));
  const { data: measures = [] } = useQuery(measuresQuery);
  const cell = cells.data?.find((one) => one.id === id);
  if (cells.data && !cell) return <NotFound />;
  return (
    <Page title={cell ? nameOf(cell) : 'Cell'} lead={<Lead run={run} />} actions={<CopyLink />}>
      <Loaded query={cells} height={640}>
        {() =>
          cell && (
            <div class="stack">
              <div class="two">
                <CellFacts cell={cell} />
                <MeasureTable cell={cell} measures={measures} />
              </div>
              {cell.rounds > 0 && <Samples cell={cell} measures={measures} />}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

const Lead = ({ run }: { run: Run }) => (
  <span>
    A cell of <a href={`/runs/${run.id}`}>{run.name}</a>
  </span>
);

const nameOf = ({ axes }: Cell) =>
  describe(axes, ['workload', ...parametersOf([axes]), 'model', 'interpreter']);
