import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { CopyButton } from '../../components/controls';
import { Figure, TwinButton } from '../../components/Figure';
import { Glyph } from '../../components/Glyph';
import type { AxisValue, Comparison } from '../../lib/api';
import { wording } from '../../lib/advantage';
import { counted, percent, times } from '../../lib/format';
import { useWidth } from '../../lib/hooks';
import { isInvalid } from '../../lib/quality';
import { modelsQuery } from '../../lib/queries';
import { ForestAxis, ForestLine } from './ForestLine';
import { contextOf, reading } from './sentence';
import { address, asCurl, type Asked } from './asked';
import { axisOf, csvOf, rowsOf, type Row } from './rows';
import { RowTable } from './RowTable';
import { verdictOf } from './verdict';
import { Warnings } from './Warnings';

/** Rows that are drawn at once: a long page answers slowly. */
const SHOWN = 30;

interface Props {
  asked: Asked;
  comparison: Comparison;
  /** The names of runs by their id. */
  runs: ReadonlyMap<string, string>;
  table: boolean;
  onTable: () => void;
  onAsk: (needs: string) => void;
}

/** The verdict in one sentence, what speaks against it, and every ratio with its interval. */
export function AskedAnswer({ asked, comparison, runs, table, onTable, onAsk }: Props) {
  const [all, setAll] = useState(false);
  const models = useQuery(modelsQuery);
  const nameOf = (value: AxisValue) =>
    runs.get(String(value)) ?? models.data?.find(({ id }) => id === value)?.title ?? String(value);
  const rows = rowsOf(comparison, nameOf);
  const shown = all ? rows : rows.slice(0, SHOWN);
  const hidden = rows.length - shown.length;
  return (
    <>
      <Warnings comparison={comparison} onAsk={onAsk} />
      <Figure
        title={verdictOf(comparison, nameOf)}
        subtitle={subtitle(comparison, nameOf)}
        direction="higher_is_better"
        tools={
          <>
            <TwinButton chart="Chart" shown={table} toggle={onTable} />
            <button type="button" class="button ghost" onClick={() => download(comparison)}>
              CSV
            </button>
            <a class="button ghost" href={address(asked)} target="_blank" rel="noreferrer">
              JSON
            </a>
            <CopyButton label="Copy as curl" text={() => asCurl(asked, location.origin)} />
          </>
        }
      >
        <Means comparison={comparison} nameOf={nameOf} />
        {rows.length === 0 ? (
          <p class="quiet">There is nothing to compare here: pick another run, axis or baseline.</p>
        ) : table ? (
          <RowTable comparison={comparison} rows={shown} />
        ) : (
          <Chart comparison={comparison} rows={shown} />
        )}
        {hidden > 0 && (
          <button type="button" class="button" onClick={() => setAll(true)}>
            Show {counted(hidden, 'more row')}
          </button>
        )}
      </Figure>
    </>
  );
}

function subtitle(comparison: Comparison, nameOf: (value: AxisValue) => string): string {
  const { measure, baseline, confidence, against } = comparison;
  return (
    `${wording(measure).noun} relative to ${nameOf(baseline)} by ${measure.title.toLowerCase()}, log axis; ` +
    `line: ${percent(confidence)} CI, hollow: does not differ among all cells, ` +
    `grey band: too small to matter${against === null ? '' : '; means of rounds that were not shared'}`
  );
}

/** How much of it is more than chance, and what it comes to. */
function Means({ comparison, nameOf }: { comparison: Comparison; nameOf: Name }) {
  const { summary, measure } = comparison;
  return (
    <ul class="means">
      <li>{summary.sentence.replace(' %', '\u202f%')}</li>
      {summary.means.map((mean) => (
        <li key={mean.value}>
          {nameOf(mean.value)}: geometric mean of {counted(mean.cells, 'cell')} {mean.sentence};{' '}
          ratios from {times(mean.min)} to {times(mean.max)} of {measure.title.toLowerCase()},{' '}
          {counted(mean.worse, 'cell')} {measure.worse}
        </li>
      ))}
    </ul>
  );
}

type Name = (value: AxisValue) => string;

function Chart({ comparison, rows }: { comparison: Comparison; rows: readonly Row[] }) {
  const [plot, width] = useWidth();
  const threshold = Math.max(comparison.threshold, ...rows.map(({ group }) => group.threshold));
  const forest = axisOf(rows, threshold);
  return (
    <section class="forest compare-rows" aria-label="Ratios">
      {rows.map(({ name, group, entry, better, differs }) => {
        const model = comparison.pivot === 'model' ? entry.value : (group.axes.model ?? '');
        const interpreter =
          comparison.pivot === 'interpreter' ? entry.value : group.axes.interpreter;
        return (
          <div key={`${entry.cell}`} class="arm">
            <span class="arm-name">
              <Glyph model={model} interpreter={interpreter} />{' '}
              <a href={`/cells/${entry.cell}?run=${comparison.run}`}>{name}</a>
            </span>
            <span class="arm-quality quiet">{doubts(entry.warnings.length)}</span>
            <span class="arm-plot">
              <ForestLine
                forest={forest}
                width={width}
                shown={better}
                rounds={[]}
                look={{
                  kind: 'model',
                  model,
                  interpreter,
                  hollow: !differs,
                  withheld: isInvalid(entry),
                }}
              />
            </span>
            <span
              class="arm-words"
              title={entry.warnings.map(({ sentence }) => sentence).join('\n')}
            >
              {reading(entry, contextOf(comparison, group)).verdict}
              {better === null && entry.reason !== null && (
                <span class="quiet">: {entry.reason}</span>
              )}
            </span>
          </div>
        );
      })}
      <div class="arm axis-row">
        <div ref={plot} class="arm-plot">
          <ForestAxis forest={forest} width={width} />
        </div>
      </div>
    </section>
  );
}

const doubts = (count: number) => (count === 0 ? '' : counted(count, 'warning'));

function download(comparison: Comparison) {
  const url = URL.createObjectURL(new Blob([csvOf(comparison)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `comparison-${comparison.run}-${comparison.measure.id}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
