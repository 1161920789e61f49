import { useState } from 'preact/hooks';
import { Glyph } from '../../components/Glyph';
import type { AxisValue, Comparison, ComparisonGroup } from '../../lib/api';
import { describe } from '../../lib/axes';
import { columnsOf } from '../../lib/comparison';
import { useMedia } from '../../lib/hooks';
import { isFreeThreaded } from '../../lib/models';
import { gridOf, rowName, type Column } from './grid';
import { MatrixCell, type Pointed } from './MatrixCell';
import { MatrixTip } from './MatrixTip';

interface Props {
  comparison: Comparison;
  /** What a model is called. */
  nameOf: (model: AxisValue) => string;
}

/** Rows are workloads with what varies, columns are models; colour is the factor to the baseline. */
export function MatrixTable({ comparison, nameOf }: Props) {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const grid = gridOf(comparison);
  const models = columnsOf(comparison);
  const narrow = useMedia('(max-width: 620px)');
  const columns = narrow ? [{ title: 'parameters', axes: grid.rowAxes }] : grid.columns;
  return (
    <div class="plot" onKeyDown={(event) => event.key === 'Escape' && setPointed(null)}>
      <div class="scroll" tabIndex={0} role="region" aria-label="Matrix of comparisons">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Workload</th>
              {columns.map((column) => (
                <th key={column.title} scope="col">
                  {column.title}
                </th>
              ))}
              {models.map((model) => (
                <th key={model} scope="col" class="model">
                  <Glyph model={model} />
                  {nameOf(model)}
                </th>
              ))}
            </tr>
          </thead>
          {grid.blocks.map(({ workload, rows }) => (
            <tbody key={workload}>
              {rows.map((group, index) => (
                <tr key={rowName(group, grid.rowAxes)}>
                  {index === 0 && (
                    <th scope="rowgroup" rowSpan={rows.length} class="workload">
                      {workload}
                    </th>
                  )}
                  <RowHead columns={columns} group={group} />
                  {models.map((model) => (
                    <MatrixCell
                      key={model}
                      comparison={comparison}
                      group={group}
                      entry={group.entries.find((entry) => entry.value === model)}
                      row={rowName(group, grid.rowAxes)}
                      onPoint={setPointed}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {pointed && <MatrixTip pointed={pointed} />}
    </div>
  );
}

function RowHead({ columns, group }: { columns: Column[]; group: ComparisonGroup }) {
  return (
    <>
      {columns.map(({ title, axes }) => (
        <th key={title} scope="row" class="axis">
          {describe(group.axes, axes) || '–'}
          {axes.includes('interpreter') && isFreeThreaded(group.axes.interpreter) && (
            <span title="free-threaded: threads run without the GIL">
              {' '}
              <Glyph model="threads" interpreter={group.axes.interpreter} size={10} />
            </span>
          )}
        </th>
      ))}
    </>
  );
}
