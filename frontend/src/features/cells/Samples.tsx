import { useQuery } from '@tanstack/preact-query';
import { DataTable } from '../../components/DataTable';
import { Figure, TwinButton } from '../../components/Figure';
import { Loaded } from '../../components/Loaded';
import { Pick } from '../../components/controls';
import type { Cell, Measure, Sample } from '../../lib/api';
import { counted, quantity } from '../../lib/format';
import { samplesQuery } from '../../lib/queries';
import { oneOf, text, useUrlState } from '../../lib/url';
import { StripPlot } from './StripPlot';

const CODECS = { measure: text(), view: oneOf(['dots', 'table'], 'dots') };
const USUAL = 'steady_seconds';

interface Props {
  cell: Cell;
  measures: readonly Measure[];
}

/** Every sample of one measure of a cell. */
export function Samples({ cell, measures }: Props) {
  const query = useQuery(samplesQuery(cell));
  return (
    <Loaded query={query} height={360}>
      {(samples) => <SampleFigure cell={cell} measures={measures} samples={samples} />}
    </Loaded>
  );
}

function SampleFigure({ cell, measures, samples }: Props & { samples: readonly Sample[] }) {
  const [state, set] = useUrlState(CODECS);
  const sampled = new Set(samples.map((sample) => sample.measure));
  const offered = measures.filter(({ id }) => sampled.has(id));
  const usual = offered.find(({ id }) => id === USUAL) ?? offered[0];
  const measure = offered.find(({ id }) => id === state.measure) ?? usual;
  if (!measure || !usual) return <p class="card">No sample of this cell has arrived yet.</p>;
  const shown = samples.filter((sample) => sample.measure === measure.id);
  const warmups = shown.filter((sample) => sample.warmup).length;
  const estimate = cell.measures[measure.id];
  return (
    <Figure
      title={`Every sample: ${measure.title}`}
      subtitle={`${counted(shown.length - warmups, 'sample')}, ${counted(warmups, 'warm-up')} (hollow, not counted)${estimate ? `; line: median ${quantity(estimate.median, measure.unit)} of n = ${estimate.n} rounds, band: its 95 % CI` : ''}; the axis does not start at 0`}
      direction={measure.direction}
      tools={
        <>
          <Pick
            label="Measure"
            value={measure.id}
            options={offered.map(({ id, title }) => [id, title])}
            onPick={(id) => set({ measure: id === usual.id ? '' : id })}
          />
          <TwinButton
            chart="Dots"
            shown={state.view === 'table'}
            toggle={() => set({ view: state.view === 'table' ? 'dots' : 'table' })}
          />
        </>
      }
    >
      {state.view === 'table' ? (
        <SampleTable samples={shown} measure={measure} />
      ) : (
        <StripPlot cell={cell} measure={measure} samples={shown} estimate={estimate} />
      )}
    </Figure>
  );
}

const COLUMNS = [
  { title: 'Round' },
  { title: 'Turn', number: true },
  { title: 'Value', number: true },
  { title: 'Kind' },
];

function SampleTable({ samples, measure }: { samples: readonly Sample[]; measure: Measure }) {
  const rows = samples.map((sample) => [
    sample.round,
    sample.turn ?? '–',
    quantity(sample.value, measure.unit),
    sample.warmup ? 'warm-up' : 'sample',
  ]);
  return <DataTable label={`Samples of ${measure.title}`} columns={COLUMNS} rows={rows} />;
}
