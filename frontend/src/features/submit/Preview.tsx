import { useQuery } from '@tanstack/preact-query';
import { CopyButton } from '../../components/controls';
import { FaultList } from '../../components/fields';
import { SignInHint } from '../../components/SignInHint';
import { ProblemBox } from '../../components/ProblemBox';
import type { RunSpec } from '../../lib/api';
import { curl } from '../../lib/curl';
import { counted, percent, span } from '../../lib/format';
import { RequestError } from '../../lib/http';
import { useSettled } from '../../lib/hooks';
import { previewQuery, sessionQuery } from '../../lib/queries';
import { maySubmit } from '../../lib/runs';
import { Forecast } from './Forecast';
import { SaveSuite } from './SaveSuite';
import { cellCount } from './spec';

interface Props {
  spec: RunSpec;
  /** What the server found wrong that no field of the form shows. */
  rest: readonly string[];
  error: Error | null;
  pending: boolean;
}

/** What a form comes to before anything is queued: cells, effort, and the same as a command. */
export function Preview({ spec, rest, error, pending }: Props) {
  const { data: session } = useQuery(sessionQuery);
  const cells = cellCount(spec);
  const asked = useSettled(spec, 400);
  const { data: preview, isPlaceholderData: isOfAnotherForm } = useQuery(
    previewQuery(asked, cells > 0 && maySubmit(session)),
  );
  const line = curl(spec, location.origin);
  const refused = error instanceof RequestError && error.problem.errors?.length;
  return (
    <aside class="card preview" aria-label="Preview">
      <h2>Preview</h2>
      <p class="big-number" aria-live="polite">
        <b>{cells.toLocaleString('en-US')}</b> {cells === 1 ? 'cell' : 'cells'}
      </p>
      <p class="quiet">
        {Object.entries(spec.matrix)
          .filter(([, values]) => values.length !== 1)
          .map(([axis, values]) => `${values.length} × ${axis}`)
          .join(', ')}
      </p>
      <Effort precision={spec.precision ?? {}} />
      {cells > 0 && preview && !isOfAnotherForm && <Forecast preview={preview} />}
      <FaultList faults={rest} />
      {refused && <p class="fault">{error.problem.title}: see the marked fields.</p>}
      {error && !refused && <ProblemBox error={error} />}
      <div class="actions">
        <button
          type="submit"
          class="button primary"
          disabled={pending || cells === 0 || !maySubmit(session)}
        >
          Queue {counted(cells, 'cell')}
        </button>
        <CopyButton label="Copy as curl" text={() => line} />
      </div>
      {session && !maySubmit(session) && <SignInHint to="queue a run from here" />}
      {maySubmit(session) && <SaveSuite spec={spec} />}
      <details>
        <summary>As curl</summary>
        <pre class="code" tabIndex={0}>
          {line}
        </pre>
      </details>
    </aside>
  );
}

function Effort({ precision }: { precision: NonNullable<RunSpec['precision']> }) {
  const { relative_half_width: width, min_rounds: min, max_rounds: max, time_budget_s } = precision;
  if (typeof width !== 'number' || typeof time_budget_s !== 'number') return null;
  return (
    <p class="quiet">
      {min} to {max} rounds, until each interval is within ±{percent(width)}, or{' '}
      {span(time_budget_s)} of measuring are spent.
    </p>
  );
}
