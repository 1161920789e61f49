import { useQuery } from '@tanstack/preact-query';
import { DataTable } from '../../components/DataTable';
import { Figure, TwinButton } from '../../components/Figure';
import { Loaded } from '../../components/Loaded';
import { Pick } from '../../components/controls';
import type { Cell, Measure, RoundEvidence, Sample } from '../../lib/api';
import { counted, quantity } from '../../lib/format';
import { samplesQuery } from '../../lib/queries';
import { oneOf, text, useUrlState } from '../../lib/url';
import { CellRounds } from './CellRounds';
import { dirtyOf } from './rounds';
import { StripPlot } from './StripPlot';

const CODECS = { measure: text(), view: oneOf(['dots', 'table'], 'dots') };
const USUAL = 'steady_seconds';

interface Props {
  cell: Cell;
  measures: readonly Measure[];
  /** What the rounds were like, as far as it is known. */
  rounds: readonly RoundEvidence[];
}

/** Every sample of one measure of a cell. */
export function Samples({ cell, measures, rounds }: Props) {
  const query = useQuery(samplesQuery(cell));
  return (
    <Loaded query={query} height={360}>
      {(samples) => (
        <>
          <SampleFigure cell={cell} measures={measures} samples={samples} rounds={rounds} />
          <CellRounds samples={samples} rounds={rounds} />
        </>
      )}
    </Loaded>
  );
}

function SampleFigure({ cell, measures, rounds, samples }: Props & { samples: readonly Sample[] }) {
  const [state, set] = useUrlState(CODECS);
  const sampled = new Set(samples.map((sample) => sample.measure));
  const offered = measures.filter(({ id }) => sampled.has(id));
  const usual = offered.find(({ id }) => id === USUAL) ?? offered[0];
  const measure = offered.find(({ id }) => id === state.measure) ?? usual;
  if (!measure || !usual) return <p class="card">No sample of this cell has arrived yet.</p>;
  const shown = samples.filter((sample) => sample.measure === measure.id);
  const warmups = shown.filter((sample) => sample.warmup).length;
  const estimate = cell.measures[measure.id];
  const dirty = dirtyOf(rounds);
  return (
    <Figure
      title={`Every sample: ${measure.title}`}
      subtitle={`${counted(shown.length - warmups, 'sample')}, ${counted(warmups, 'warm-up')} (hollow, not counted)${estimate ? `; line: median ${quantity(estimate.median, measure.unit)} of n = ${estimate.n} rounds, band: its 95 % CI` : ''}${dirty.size > 0 ? `; hatched: ${counted(dirty.size, 'dirty round')}` : ''}; the axis does not start at 0`}
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
        <SampleTable samples={shown} measure={measure} dirty={dirty} />
      ) : (
        <StripPlot
          cell={cell}
          measure={measure}
          samples={shown}
          estimate={estimate}
          dirty={dirty}
        />
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

interface TableProps {
  samples: readonly Sample[];
  measure: Measure;
  dirty: ReadonlySet<number>;
}

function SampleTable({ samples, measure, dirty }: TableProps) {
  const rows = samples.map((sample) => [
    sample.round,
    sample.turn ?? '–',
    quantity(sample.value, measure.unit),
    (sample.warmup ? 'warm-up' : 'sample') + (dirty.has(sample.round) ? ', dirty round' : ''),
  ]);
  return <DataTable label={`Samples of ${measure.title}`} columns={COLUMNS} rows={rows} />;
}
