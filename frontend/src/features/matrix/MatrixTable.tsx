import { useState } from 'preact/hooks';
import { Glyph } from '../../components/Glyph';
import type { Comparison, ComparisonGroup, Model } from '../../lib/api';
import { axisWords } from '../../lib/axes';
import { columnsOf } from '../../lib/comparison';
import { isFreeThreaded } from '../../lib/models';
import { gridOf, rowName, type Grid } from './grid';
import { MatrixCell, type Pointed } from './MatrixCell';
import { MatrixTip } from './MatrixTip';

interface Props {
  comparison: Comparison;
  models: readonly Model[];
}

/** Rows are workloads with what varies, columns are models; colour is the factor to the baseline. */
export function MatrixTable({ comparison, models }: Props) {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const grid = gridOf(comparison);
  const columns = columnsOf(comparison);
  const title = (id: string) => models.find((model) => model.id === id)?.title ?? id;
  return (
    <div class="plot" onKeyDown={(event) => event.key === 'Escape' && setPointed(null)}>
      <div class="scroll" tabIndex={0} role="region" aria-label="Matrix of comparisons">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Workload</th>
              {grid.rowAxes.map((axis) => (
                <th key={axis} scope="col">
                  {axis}
                </th>
              ))}
              {columns.map((model) => (
                <th key={model} scope="col" class="model">
                  <Glyph model={model} />
                  {title(String(model))}
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
                  <RowHead grid={grid} group={group} />
                  {columns.map((model) => (
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
      {pointed && <MatrixTip pointed={pointed} comparison={comparison} />}
    </div>
  );
}

function RowHead({ grid, group }: { grid: Grid; group: ComparisonGroup }) {
  return (
    <>
      {grid.rowAxes.map((axis) => {
        const value = group.axes[axis];
        return (
          <th key={axis} scope="row" class="axis">
            {value === undefined ? '–' : axisWords(axis, value)}
            {axis === 'interpreter' && isFreeThreaded(value) && (
              <span title="free-threaded: threads run without the GIL">
                {' '}
                <Glyph model="threads" interpreter={value} size={10} />
              </span>
            )}
          </th>
        );
      })}
    </>
  );
}
