import { CopyButton } from '../../components/controls';
import { Left } from '../../components/Progress';
import type { RunSpec, RunSummary } from '../../lib/api';
import { curl } from '../../lib/curl';
import { counted } from '../../lib/format';

const EXAMPLE: RunSpec = {
  name: 'a first answer',
  matrix: {
    workload: ['pi'],
    digits: [200, 2000],
    tasks: [10],
    parallelism: [2],
    model: ['sequential', 'threads', 'subinterpreters', 'processes:fork'],
    interpreter: ['*'],
  },
};

/** The first page before anything was submitted. */
export function NothingYet() {
  const line = curl(EXAMPLE, location.origin);
  return (
    <section class="card">
      <h2>Nothing has been measured yet</h2>
      <p>
        Submit a run and it is queued for the next free host; its figures appear here while it is
        measured. <a href="/submit">Fill in the form</a>, or paste this on the machine that runs the
        server:
      </p>
      <pre class="code" tabIndex={0}>
        {line}
      </pre>
      <CopyButton label="Copy command" text={() => line} />
    </section>
  );
}

/** The first page while the first run has no figures to compare yet. */
export function FirstAnswer({ run }: { run: RunSummary }) {
  const { cells_done, cells_total } = run.progress;
  const ended = run.state === 'completed' || run.state === 'cancelled';
  return (
    <section class="card">
      <h2>{ended ? 'No figures yet' : 'The first answer is being measured'}</h2>
      <p class="subtitle">
        {ended
          ? 'The newest run ended without figures that can be compared; its page says why.'
          : 'It appears here by itself as soon as two models can be compared.'}
      </p>
      <p class="first">
        <a href={`/runs/${run.id}`}>{run.name}</a>: {cells_done} of {counted(cells_total, 'cell')}{' '}
        done, <Left run={run} />
      </p>
    </section>
  );
}
