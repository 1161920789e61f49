import { useQuery } from '@tanstack/preact-query';
import { Loaded, Skeleton } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { ProblemBox } from '../../components/ProblemBox';
import { Found } from '../../features/overview/Found';
import { Hosts } from '../../features/overview/Hosts';
import { RunningNow } from '../../features/overview/RunningNow';
import { FirstAnswer, NothingYet } from '../../features/overview/Start';
import { RunMatrix } from '../../features/comparison/RunMatrix';
import type { RunSummary } from '../../lib/api';
import { hasFigures, useComparison } from '../../lib/comparison';
import { counted } from '../../lib/format';
import { hostsQuery, runsQuery } from '../../lib/queries';
import '../../styles/matrix.css';

/** What runs now, and the newest answer, even while it is still being measured. */
export default function Overview() {
  const runs = useQuery(runsQuery());
  return (
    <Page
      title="Overview"
      lead={runs.data ? <Lead runs={runs.data.items} /> : '\u00a0'}
      actions={
        <a class="button primary" href="/submit">
          New run <kbd>g n</kbd>
        </a>
      }
    >
      <Loaded query={runs} height={640}>
        {({ items }) => <Answer runs={items} />}
      </Loaded>
    </Page>
  );
}

/** The newest figures: those of the run that is measuring now, else of the last one that has any. */
function useAnswer(runs: readonly RunSummary[]) {
  const measuring = runs.find((run) => run.state === 'running');
  const measured = runs.find(
    ({ progress }) => progress.cells_done > progress.cells_failed + progress.cells_unsupported,
  );
  const early = useComparison(measuring);
  const late = useComparison(measured);
  const candidates = [
    { run: measuring, found: early.comparison.data },
    { run: measured, found: late.comparison.data },
  ];
  const answer = candidates.flatMap(({ run, found }) =>
    run && found && hasFigures(found) ? [{ run, found }] : [],
  )[0];
  return { answer, isLoading: early.isLoading || late.isLoading, error: early.error ?? late.error };
}

function Answer({ runs }: { runs: readonly RunSummary[] }) {
  const { answer, isLoading, error } = useAnswer(runs);
  const newest = runs.find((run) => run.state === 'running') ?? runs[0];
  return (
    <>
      <div class="two">
        <RunningNow runs={runs}>
          <Hosts />
        </RunningNow>
        {answer ? (
          <Found run={answer.run} comparison={answer.found} />
        ) : isLoading ? (
          <Skeleton height={300} />
        ) : error ? (
          <ProblemBox error={error} />
        ) : newest ? (
          <FirstAnswer run={newest} />
        ) : (
          <NothingYet />
        )}
      </div>
      {answer && <RunMatrix run={answer.run} />}
    </>
  );
}

function Lead({ runs }: { runs: readonly RunSummary[] }) {
  const { data: hosts } = useQuery(hostsQuery);
  const online = hosts?.filter((host) => host.online).length;
  const running = runs.filter((run) => run.state === 'running').length;
  const queued = runs.filter((run) => run.state === 'queued').length;
  return (
    <>
      {online !== undefined && `${counted(online, 'host')} online · `}
      {counted(running, 'run')} live · {queued} queued
    </>
  );
}
