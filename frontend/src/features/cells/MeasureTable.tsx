import { DataTable } from '../../components/DataTable';
import type { Cell, Measure } from '../../lib/api';
import { quantity } from '../../lib/format';
import { isInvalid } from '../../lib/quality';

const COLUMNS = [
  { title: 'Measure' },
  { title: 'Median', number: true },
  { title: '95 % CI of the median', number: true },
  { title: 'n', number: true },
  { title: 'Better' },
];

interface Props {
  cell: Cell;
  measures: readonly Measure[];
}

/** Every measure of a cell, with its interval. */
export function MeasureTable({ cell, measures }: Props) {
  const known = measures.filter(({ id }) => cell.measures[id] !== undefined);
  if (known.length === 0) return null;
  const rows = known.flatMap((measure) => {
    const estimate = cell.measures[measure.id];
    if (!estimate) return [];
    const { median, ci_low: low, ci_high: high, n } = estimate;
    const range =
      low === null || high === null
        ? 'too few rounds'
        : `[${quantity(low, measure.unit)}, ${quantity(high, measure.unit)}]`;
    const better = measure.direction === 'lower_is_better' ? '↓ lower' : '↑ higher';
    const figure = quantity(median, measure.unit);
    return [
      [
        measure.title,
        isInvalid(cell) ? <s key="median">{figure}</s> : <b key="median">{figure}</b>,
        isInvalid(cell) ? 'invalid' : range,
        n,
        better,
      ],
    ];
  });
  return (
    <section class="card">
      <h2>Measures</h2>
      <DataTable label="Measures" columns={COLUMNS} rows={rows} />
    </section>
  );
}
