import type { Comparison, ComparisonGroup, RunSummary } from '../../lib/api';
import { describe, parametersOf, varying } from '../../lib/axes';
import { isPreliminary } from '../../lib/comparison';
import { ago, counted, percent } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { Glyph } from '../../components/Glyph';

/** Sentences shown here; the matrix under them has them all. */
const SHOWN = 5;

interface Props {
  run: RunSummary;
  comparison: Comparison;
}

/** What the newest figures say, one sentence per group of cells that were compared. */
export function Found({ run, comparison }: Props) {
  const now = useNow();
  const told = comparison.groups.filter((group) => group.headline !== null);
  const more = told.length - SHOWN;
  const all = told.map((group) => group.axes);
  const naming = [...new Set(['workload', ...parametersOf(all), ...varying(all)])];
  return (
    <section class="card">
      <h2>What was found</h2>
      <p class="subtitle">
        <a href={`/runs/${run.id}`}>{run.name}</a>
        {run.finished_at && ` · finished ${ago(run.finished_at, now)}`} ·{' '}
        {comparison.measure.title.toLowerCase()}
      </p>
      {isPreliminary(comparison) && (
        <p class="note">Preliminary: this run is still measuring, and intervals will narrow.</p>
      )}
      <ul class="findings">
        {told.slice(0, SHOWN).map((group) => (
          <li key={describe(group.axes)}>
            <span class="quiet">{describe(group.axes, naming)}</span>
            <p>
              <Winner group={group} />
              <b>{group.headline}</b>
              {group.headline?.includes('[') && `, ${percent(comparison.confidence)} CI`}
            </p>
          </li>
        ))}
      </ul>
      {told.length === 0 && <p>The matrix below has the figures; none is clear enough to tell.</p>}
      {more > 0 && <p class="quiet">and {counted(more, 'more finding')} in the matrix below</p>}
    </section>
  );
}

/** Marker of the model that the sentence is about, when one is faster at all. */
function Winner({ group }: { group: ComparisonGroup }) {
  const winner = group.entries.find(
    ({ value, verdict }) => verdict === 'faster' && group.fastest.includes(value),
  );
  if (!winner) return null;
  return <Glyph model={winner.value} interpreter={group.axes.interpreter} size={13} />;
}
