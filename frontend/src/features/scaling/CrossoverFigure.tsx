import { DataTable } from '../../components/DataTable';
import { Figure, TwinButton } from '../../components/Figure';
import { CopyButton } from '../../components/controls';
import { QualityChip } from '../../components/Quality';
import type { Crossing, CrossingList } from '../../lib/api';
import { describe } from '../../lib/axes';
import { curlGet } from '../../lib/curl';
import { counted, percent, significant, times } from '../../lib/format';
import { crossoverAddress, type Question } from './asked';
import { LinesPlot, type Place } from './LinesPlot';
import type { Line } from './plot';

interface Props {
  question: Question;
  list: CrossingList;
  table: boolean;
  onTable: () => void;
}

/** From which size on one is better than the other, a figure for each work. */
export function CrossoverFigures({ question, list, table, onTable }: Props) {
  return (
    <>
      {list.items.map((crossing) => (
        <Work
          key={describe(crossing.axes)}
          question={question}
          list={list}
          crossing={crossing}
          table={table}
          onTable={onTable}
        />
      ))}
    </>
  );
}

function Work({ question, list, crossing, table, onTable }: Props & { crossing: Crossing }) {
  const address = crossoverAddress(question);
  const { a, b, x } = list;
  const line = drawnLine(list, crossing);
  const { octaves } = crossing;
  return (
    <Figure
      title={sentenceOf(crossing)}
      subtitle={
        <>
          {describe(crossing.axes)}: {list.measure.title.toLowerCase()} of {b} over {a}, both axes
          log; above 1 {a} is better; line: {percent(list.confidence)} CI of each size, hollow:
          undecided, grey band: the crossover’s interval
          {octaves !== null && `, ${significant(octaves, 2)} octaves wide`}
        </>
      }
      tools={
        <>
          <TwinButton chart="Chart" shown={table} toggle={onTable} />
          <a class="button ghost" href={address} target="_blank" rel="noreferrer">
            JSON
          </a>
          <CopyButton label="Copy as curl" text={() => curlGet(address, location.origin)} />
        </>
      }
    >
      {crossing.sizes.length === 0 || table ? (
        <SizeTable list={list} crossing={crossing} />
      ) : (
        <LinesPlot lines={[line]} xTitle={x} under={(place) => band(crossing, place)} />
      )}
      <Remarks crossing={crossing} />
    </Figure>
  );
}

const sentenceOf = ({ sentence }: Crossing) =>
  sentence.charAt(0).toUpperCase() + sentence.slice(1).replace(' %', '\u202f%');

/** Where an end is open the band reaches the edge of the plot. */
function band(
  { size, ci_low: low, ci_high: high }: Crossing,
  { x, top, bottom, left, right }: Place,
) {
  if (size === null) return null;
  const from = low === null ? left : x(low);
  const to = high === null ? right : x(high);
  return (
    <>
      <rect class="band" x={from} width={Math.max(1, to - from)} y={top} height={bottom - top} />
      <line class="found" x1={x(size)} x2={x(size)} y1={top} y2={bottom} />
    </>
  );
}

function drawnLine({ a, pivot, measure }: CrossingList, { axes, sizes }: Crossing): Line {
  const better = (ratio: number) => (measure.direction === 'lower_is_better' ? 1 / ratio : ratio);
  return {
    name: a,
    model: pivot === 'model' ? a : String(axes.model ?? ''),
    interpreter: pivot === 'interpreter' ? a : String(axes.interpreter ?? ''),
    points: sizes.map(({ x, ratio, ci_low: low, ci_high: high, ahead }) => {
      const ends = low === null || high === null ? [] : [better(low), better(high)];
      return {
        x,
        y: better(ratio),
        low: ends.length === 0 ? null : Math.min(...ends),
        high: ends.length === 0 ? null : Math.max(...ends),
        hollow: ahead === 'neither',
      };
    }),
  };
}

function SizeTable({ list, crossing }: { list: CrossingList; crossing: Crossing }) {
  const who = { a: list.a, b: list.b, neither: 'undecided' };
  return (
    <DataTable
      label="Ratios by size"
      columns={[
        { title: list.x, number: true },
        { title: `${list.a} over ${list.b}`, number: true },
        { title: `${percent(list.confidence)} CI`, number: true },
        { title: 'Better' },
        { title: 'Rounds', number: true },
        { title: 'Quality' },
      ]}
      rows={crossing.sizes.map((size) => [
        <a key="cell" href={`/cells/${size.a}?run=${list.run}`}>
          {size.x.toLocaleString('en-US')}
        </a>,
        times(size.ratio),
        size.ci_low === null || size.ci_high === null
          ? '–'
          : `${times(size.ci_low)} to ${times(size.ci_high)}`,
        who[size.ahead],
        size.rounds,
        <QualityChip key="quality" quality={size.quality} reasons={size.quality_reasons} />,
      ])}
    />
  );
}

function Remarks({ crossing }: { crossing: Crossing }) {
  const remarks = [
    ...crossing.left_out.map(({ x, reason }) => `${x} left out: ${reason}`),
    ...crossing.warnings,
    ...(crossing.preliminary ? ['still being measured'] : []),
  ];
  if (remarks.length === 0) return null;
  return (
    <details>
      <summary>{counted(remarks.length, 'remark')}</summary>
      <ul>
        {remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
    </details>
  );
}
