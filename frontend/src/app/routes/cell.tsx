import { useQuery } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { CellFacts } from '../../features/cells/CellFacts';
import { MeasureTable } from '../../features/cells/MeasureTable';
import { Samples } from '../../features/cells/Samples';
import type { Run } from '../../lib/api';
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
  return (
    <Loaded query={run} height={640}>
      {(loaded) => <CellPage id={id} run={loaded} />}
    </Loaded>
  );
}

function CellPage({ id, run }: { id: string; run: Run }) {
  const cells = useQuery(cellsQuery(run));
  const { data: measures = [] } = useQuery(measuresQuery);
  return (
    <Loaded query={cells} height={640}>
      {(all) => {
        const cell = all.find((one) => one.id === id);
        if (!cell) return <NotFound />;
        return (
          <Page
            title={describe(cell.axes, [
              'workload',
              ...parametersOf([cell.axes]),
              'model',
              'interpreter',
            ])}
            lead={
              <>
                Cell {cell.index + 1} of <a href={`/runs/${run.id}`}>{run.name}</a>
              </>
            }
            actions={<CopyLink />}
          >
            <div class="two">
              <CellFacts cell={cell} />
              <MeasureTable cell={cell} measures={measures} />
            </div>
            {cell.rounds > 0 && <Samples cell={cell} measures={measures} />}
          </Page>
        );
      }}
    </Loaded>
  );
}
