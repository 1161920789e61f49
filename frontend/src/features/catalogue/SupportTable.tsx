import { DataTable } from '../../components/DataTable';
import { Glyph } from '../../components/Glyph';
import type { Interpreter, Model, Support } from '../../lib/api';
import { gridOf, reasonsOf, VERDICTS, type Known } from './support';

interface Props {
  models: readonly Model[];
  interpreters: readonly Interpreter[];
  support: readonly Support[];
}

/** Which interpreter runs which model, as probes have found. */
export function SupportTable({ models, interpreters, support }: Props) {
  const grid = gridOf(models, interpreters, support);
  const reasons = reasonsOf(grid);
  return (
    <section class="card">
      <h2>What runs where</h2>
      <p class="subtitle">
        each model is run once on each interpreter, in a process of its own, while a host has
        nothing else to do
        {grid.pending > 0 && <> · {grid.pending} still to be found out</>}
      </p>
      {grid.lines.length === 0 ? (
        <p>No host has reported an interpreter yet. Start a worker; this fills by itself.</p>
      ) : (
        <DataTable
          label="Models by interpreters"
          columns={[
            { title: 'Model' },
            ...grid.lines.map((line) => ({ title: line.replace('cpython-', '') })),
          ]}
          rows={grid.rows.map(({ model, known }) => [
            <a key="model" href={`#model-${model.id}`}>
              <Glyph model={model.id} /> {model.id}
            </a>,
            ...known.map((one, index) => <Mark key={grid.lines[index]} known={one} />),
          ])}
        />
      )}
      <p class="legend quiet">
        {Object.values(VERDICTS)
          .map(({ symbol, words }) => `${symbol} ${words}`)
          .join(' · ')}{' '}
        · … not probed yet
      </p>
      {reasons.length > 0 && (
        <details>
          <summary>
            Why not: {reasons.length === 1 ? 'one reason' : `${reasons.length} reasons`}
          </summary>
          <dl class="reasons">
            {reasons.map(({ words, reason, where }) => (
              <div key={`${words} ${reason}`}>
                <dt>
                  <b>{words}</b>: {reason}
                </dt>
                <dd class="quiet">{where.join(', ')}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function Mark({ known }: { known: Known }) {
  if (!known)
    return (
      <span class="quiet" title="not probed yet">
        …
      </span>
    );
  const { symbol, words, broken } = VERDICTS[known.verdict];
  return (
    <span
      class={broken ? 'slower' : known.verdict === 'supported' ? undefined : 'quiet'}
      title={known.reason ?? words}
    >
      <span aria-hidden="true">{symbol}</span>
      <span class="hidden">{words}</span>
    </span>
  );
}
