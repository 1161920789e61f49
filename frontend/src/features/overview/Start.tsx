import { CopyButton } from '../../components/controls';
import { Left, Progress } from '../../components/Progress';
import type { RunSpec, RunSummary } from '../../lib/api';
import { curl } from '../../lib/curl';

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
  const ended = run.state === 'completed' || run.state === 'cancelled';
  return (
    <section class="card">
      <h2>{ended ? 'No figures yet' : 'The first answer is being measured'}</h2>
      <p class="subtitle">
        {ended
          ? 'The newest run ended without figures that can be compared; its page says why.'
          : 'It appears here by itself as soon as two models can be compared.'}
      </p>
      <div class="run-line">
        <a href={`/runs/${run.id}`}>{run.name}</a>
        <span class="left">
          <Left run={run} />
        </span>
      </div>
      <Progress run={run} />
    </section>
  );
}
