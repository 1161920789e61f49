import { useQuery } from '@tanstack/preact-query';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { RunForest } from '../../features/comparison/RunForest';
import { RunMatrix } from '../../features/comparison/RunMatrix';
import { RunEvidence } from '../../features/evidence/RunEvidence';
import { Failures, LeftOut } from '../../features/runs/Failures';
import { RunActions } from '../../features/runs/RunActions';
import { RunHead, runLead } from '../../features/runs/RunHead';
import { ReferenceTable } from '../../features/suites/ReferenceTable';
import { RunTransfers } from '../../features/transfers/RunTransfers';
import type { Run } from '../../lib/api';
import { cellsQuery, runQuery } from '../../lib/queries';
import '../../styles/matrix.css';
import '../../styles/forest.css';
import '../../styles/evidence.css';
import '../../styles/transfers.css';

/** One run: how far it is, what broke, what was found. */
export default function RunDetail({ id }: { id: string }) {
  const query = useQuery(runQuery(id));
  const { data: run } = query;
  return (
    <Page
      title={run?.name ?? 'Run'}
      lead={run ? runLead(run) : '\u00a0'}
      actions={run && <RunActions run={run} />}
    >
      <Loaded query={query} height={640}>
        {(loaded) => (
          <>
            <RunHead run={loaded} readAt={query.dataUpdatedAt} error={query.error} />
            <Results run={loaded} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Results({ run }: { run: Run }) {
  const query = useQuery(cellsQuery(run));
  return (
    <Loaded query={query} height={480}>
      {(cells) => (
        <>
          <Failures run={run.id} cells={cells} />
          <RunTransfers run={run} cells={cells} />
          <RunMatrix run={run} picks>
            <ReferenceTable run={run} />
            <RunForest run={run} />
            <LeftOut run={run.id} cells={cells} />
            <RunEvidence run={run} />
          </RunMatrix>
        </>
      )}
    </Loaded>
  );
}
