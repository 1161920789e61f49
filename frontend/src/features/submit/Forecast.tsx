import type { RunPreview } from '../../lib/api';
import { counted, span, times } from '../../lib/format';

/** How long a run would take, and what of it no probed host can run. */
export function Forecast({ preview }: { preview: RunPreview }) {
  const { estimate, unsupported } = preview;
  const cells = unsupported.reduce((sum, one) => sum + one.cells, 0);
  return (
    <>
      <p>{timeWords(preview)}</p>
      {estimate.seconds !== null && estimate.past && (
        <p class="quiet">{pastWords(estimate.past)}</p>
      )}
      {unsupported.length > 0 && (
        <details>
          <summary>{counted(cells, 'cell')} that no probed host can run</summary>
          <ul class="left-out">
            {unsupported.map(({ model, interpreter, reason }) => (
              <li key={`${model} ${interpreter}`}>
                {model} on {interpreter}
                <span class="quiet"> – {reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function timeWords({ estimate, groups, jobs }: RunPreview): string {
  const each = jobs > 1 ? ` for each of ${jobs} jobs` : '';
  if (estimate.seconds !== null) return `About ${span(estimate.seconds)}${each}`;
  return estimate.groups_known === 0
    ? `Never measured here: no new round begins after ${span(estimate.most_seconds)}${each}`
    : `${estimate.groups_known} of ${groups} groups were measured before: no new round begins after ${span(estimate.most_seconds)}${each}`;
}

function pastWords({ jobs, lowest_ratio: low, highest_ratio: high }: Past): string {
  return jobs === 1
    ? `The last job took ${times(low)} its estimate.`
    : `The last ${jobs} jobs took ${times(low)} to ${times(high)} their estimates.`;
}

type Past = NonNullable<RunPreview['estimate']['past']>;
