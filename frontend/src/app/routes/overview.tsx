import { useQuery } from '@tanstack/preact-query';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { Found } from '../../features/overview/Found';
import { Hosts } from '../../features/overview/Hosts';
import { RunningNow } from '../../features/overview/RunningNow';
import { FirstAnswer, NothingYet } from '../../features/overview/Start';
import { RunMatrix } from '../../features/matrix/RunMatrix';
import type { RunSummary } from '../../lib/api';
import { hasFigures, useComparison } from '../../lib/comparison';
import { counted } from '../../lib/format';
import { hostsQuery, runsQuery } from '../../lib/queries';

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

function Answer({ runs }: { runs: readonly RunSummary[] }) {
  const measuring = runs.find((run) => run.state === 'running');
  const measured = runs.find(({ progress }) => progress.cells_done > progress.cells_failed);
  const early = useComparison(measuring).comparison.data;
  const late = useComparison(measured).comparison.data;
  const newest = runs[0];
  const fresh = measuring && early && hasFigures(early) ? { run: measuring, found: early } : null;
  const answer = fresh ?? (measured && late ? { run: measured, found: late } : null);
  return (
    <>
      <div class="two">
        <RunningNow runs={runs}>
          <Hosts />
        </RunningNow>
        {answer && hasFigures(answer.found) ? (
          <Found run={answer.run} comparison={answer.found} />
        ) : newest ? (
          <FirstAnswer run={measuring ?? newest} />
        ) : (
          <NothingYet />
        )}
      </div>
      {answer && hasFigures(answer.found) && <RunMatrix run={answer.run} />}
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
