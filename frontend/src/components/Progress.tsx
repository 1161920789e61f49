import type { RunSummary } from '../lib/api';
import { counted, span } from '../lib/format';
import { isLive, progressParts } from '../lib/runs';

type Props = { run: Pick<RunSummary, 'name' | 'state' | 'progress' | 'queue'> };

/** Cells that are done, unsupported, failed, running and left: a bar, its numbers under it. */
export function Progress({ run }: Props) {
  const parts = progressParts(run.progress, isLive(run));
  const { total, done, succeeded, unsupported, failed, running } = parts;
  const width = (cells: number) => `${total === 0 ? 0 : (cells / total) * 100}%`;
  const words = [
    `${done} of ${counted(total, 'cell')}`,
    ...(unsupported > 0 ? [`${unsupported} unsupported`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return (
    <div>
      <div
        class="bar"
        role="progressbar"
        aria-label={`Progress of ${run.name}`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={words.join(', ')}
      >
        <i class="done" style={{ width: width(succeeded) }} />
        <i class="unsupported" style={{ width: width(unsupported) }} />
        <i class="failed" style={{ width: width(failed) }} />
        {running > 0 && <i class="running" style={{ width: `max(${width(running)}, 6px)` }} />}
      </div>
      <div class="bar-words">
        <Now run={run} />
        <span class="quiet">
          {done} / {counted(total, 'cell')}
          {unsupported > 0 && ` · ${unsupported} unsupported`}
          {failed > 0 && (
            <>
              {' · '}
              <b class="slower">{failed} failed</b>
            </>
          )}
        </span>
      </div>
    </div>
  );
}

function Now({ run: { state, progress, queue } }: Props) {
  if (state === 'queued' && queue) return <span class="quiet now">{queue.reason}</span>;
  if (state !== 'running' || progress.current === null) return <span class="quiet now" />;
  return (
    <span class="quiet now">
      <i class="dot" />
      {progress.current}
    </span>
  );
}

/** What is left of a run, in words: "~40 s left", its place in the queue, or how it ended. */
export function Left({ run }: { run: Pick<RunSummary, 'state' | 'progress' | 'queue'> }) {
  return <span>{leftWords(run)}</span>;
}

function leftWords({ state, progress, queue }: Pick<RunSummary, 'state' | 'progress' | 'queue'>) {
  if (state === 'queued') return queue ? `number ${queue.position} in the queue` : 'queued';
  if (state !== 'running') return state;
  return progress.seconds_left === null
    ? 'time left unknown'
    : `~${span(progress.seconds_left)} left`;
}
