import type { ComponentChildren } from 'preact';
import { Left, Progress } from '../../components/Progress';
import type { RunSummary } from '../../lib/api';
import { isLive } from '../../lib/runs';

interface Props {
  runs: readonly RunSummary[];
  /** Stands under the list: the hosts. */
  children: ComponentChildren;
}

/** What is measured at this moment, and what waits for it. */
export function RunningNow({ runs, children }: Props) {
  const live = runs.filter(isLive).sort((a, b) => place(a) - place(b));
  return (
    <section class="card">
      <h2>Running now</h2>
      {live.length === 0 && <p class="subtitle">Nothing runs and nothing waits.</p>}
      <ul class="runs-now">
        {live.map((run) => (
          <li key={run.id}>
            <div class="run-line">
              <a href={`/runs/${run.id}`}>{run.name}</a>
              <span class="quiet">{run.state}</span>
              <span class="left">
                <Left run={run} />
              </span>
            </div>
            <Progress run={run} />
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}

const place = (run: RunSummary) =>
  run.state === 'running' ? 0 : (run.queue?.position ?? Infinity);
