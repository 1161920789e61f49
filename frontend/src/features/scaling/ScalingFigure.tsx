import { DataTable } from '../../components/DataTable';
import { Figure, TwinButton } from '../../components/Figure';
import { CopyButton } from '../../components/controls';
import { Glyph } from '../../components/Glyph';
import { QualityChip } from '../../components/Quality';
import type { Scaling, ScalingList } from '../../lib/api';
import { describe } from '../../lib/axes';
import { curlGet } from '../../lib/curl';
import { counted, percent, quantity } from '../../lib/format';
import { scalingAddress } from './asked';
import { LinesPlot } from './LinesPlot';
import type { Line } from './plot';
import {
  factorWords,
  finding,
  lawWords,
  lineName,
  numberWords,
  referenceWords,
  shareWords,
} from './words';

interface Props {
  list: ScalingList;
  table: boolean;
  onTable: () => void;
}

/** Speed-up by number of workers, a figure for each work, and what laws say of it. */
export function ScalingFigures({ list, table, onTable }: Props) {
  // One number of workers says nothing of scaling, and there may be many of those.
  const works = byWork(list.items).filter(([, lines]) => lines.some(hasSeveral));
  if (works.length === 0) {
    return (
      <p class="card">
        This run has no model with several numbers of workers. Submit one with several values of
        parallelism, and with the model sequential beside them.
      </p>
    );
  }
  return (
    <>
      {works.map(([name, lines]) => (
        <Work key={name} name={name} lines={lines} list={list} table={table} onTable={onTable} />
      ))}
    </>
  );
}

const hasSeveral = ({ points, left_out: leftOut }: Scaling) => points.length + leftOut.length > 1;

/** Lines that differ in model and interpreter only belong together. */
function byWork(items: readonly Scaling[]): [string, Scaling[]][] {
  const works = new Map<string, Scaling[]>();
  for (const item of items) {
    const work = Object.keys(item.axes).filter(
      (axis) => axis !== 'model' && axis !== 'interpreter',
    );
    const name = describe(item.axes, work);
    works.set(name, [...(works.get(name) ?? []), item]);
  }
  return [...works];
}

function Work({ name, lines, list, table, onTable }: Props & { name: string; lines: Scaling[] }) {
  const drawn = lines.map(drawnLine).filter(({ points }) => points.length > 0);
  const most = Math.max(1, ...drawn.flatMap(({ points }) => points.map(({ x }) => x)));
  const address = scalingAddress(list.run, list.measure.id);
  return (
    <Figure
      title={finding(lines)}
      subtitle={
        <>
          {name}: speed-up by number of workers, {list.measure.title.toLowerCase()}, both axes log;
          line: {percent(list.confidence)} CI, hollow: more workers than processors, dashed: ideal ·{' '}
          {[...new Set(lines.map(referenceWords))].join('; ')}
        </>
      }
      direction="higher_is_better"
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
      {drawn.length === 0 || table ? (
        <PointTable lines={lines} />
      ) : (
        <>
          <Key lines={lines} />
          <LinesPlot
            lines={drawn}
            xTitle="workers"
            under={({ x, y, top, bottom }) => (
              <path class="ideal" d={idealPath(x, y, top, bottom, most)} />
            )}
          />
        </>
      )}
      <LawTable lines={lines} />
      <Remarks lines={lines} />
    </Figure>
  );
}

/** From one worker upwards as far as the plot reaches. */
function idealPath(
  x: (value: number) => number,
  y: (value: number) => number,
  top: number,
  bottom: number,
  most: number,
): string {
  const steps = Array.from({ length: 41 }, (_, step) => most ** (step / 40));
  const inside = steps.filter((n) => y(n) >= top && y(n) <= bottom);
  return inside.map((n, index) => `${index === 0 ? 'M' : 'L'}${x(n)},${y(n)}`).join('');
}

function drawnLine(line: Scaling): Line {
  return {
    name: lineName(line),
    model: String(line.axes.model),
    interpreter: String(line.axes.interpreter),
    points: line.points.flatMap(({ parallelism, speed_up: speedUp, oversubscribed }) =>
      speedUp === null
        ? []
        : [
            {
              x: parallelism,
              y: speedUp.value,
              low: speedUp.ci_low,
              high: speedUp.ci_high,
              hollow: oversubscribed,
            },
          ],
    ),
  };
}

function Key({ lines }: { lines: readonly Scaling[] }) {
  return (
    <ul class="plot-key">
      {lines.map((line) => (
        <li key={lineName(line)}>
          <Glyph model={line.axes.model ?? ''} interpreter={line.axes.interpreter} />{' '}
          {lineName(line)}
        </li>
      ))}
    </ul>
  );
}

function PointTable({ lines }: { lines: readonly Scaling[] }) {
  return (
    <DataTable
      label="Speed-up by number of workers"
      columns={[
        { title: 'Model and interpreter' },
        { title: 'Workers', number: true },
        { title: 'Median', number: true },
        { title: 'Speed-up', number: true },
        { title: 'Efficiency', number: true },
        { title: 'Serial fraction', number: true },
        { title: 'Rounds', number: true },
        { title: 'Quality' },
      ]}
      rows={lines.flatMap((line) =>
        line.points.map((point) => [
          <a key="cell" href={`/cells/${point.cell}`}>
            {lineName(line)}
          </a>,
          point.oversubscribed
            ? `${point.parallelism} on ${point.processors ?? '?'} processors`
            : point.parallelism,
          quantity(point.median_seconds, 's'),
          factorWords(point.speed_up),
          shareWords(point.efficiency),
          shareWords(point.serial_fraction),
          point.rounds,
          <QualityChip key="quality" quality={point.quality} reasons={point.quality_reasons} />,
        ]),
      )}
    />
  );
}

function LawTable({ lines }: { lines: readonly Scaling[] }) {
  return (
    <DataTable
      label="Laws of scaling"
      columns={[
        { title: 'Model and interpreter' },
        { title: 'Law' },
        { title: 'Serial share', number: true },
        { title: 'Cost between workers', number: true },
        { title: 'Peak at workers', number: true },
        { title: 'Worst miss', number: true },
        { title: 'Why not more' },
      ]}
      rows={lines.map((line) => [
        <>
          <Glyph model={line.axes.model ?? ''} interpreter={line.axes.interpreter} />{' '}
          {lineName(line)}
        </>,
        lawWords(line),
        shareWords(line.fit.contention),
        shareWords(line.fit.coherency),
        numberWords(line.fit.peak),
        line.fit.worst_miss === null ? '–' : percent(line.fit.worst_miss),
        line.fit.reason ?? '',
      ])}
    />
  );
}

/** What is missing and what speaks against the rest; folded where it is long. */
function Remarks({ lines }: { lines: readonly Scaling[] }) {
  const remarks = lines.flatMap((line) => [
    ...line.left_out.map(
      ({ parallelism, reason }) => `${lineName(line)}, ${parallelism} left out: ${reason}`,
    ),
    ...line.warnings.map((warning) => `${lineName(line)}: ${warning}`),
    ...(line.preliminary ? [`${lineName(line)}: still being measured`] : []),
  ]);
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
