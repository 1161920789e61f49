import type { Cell, Estimate, Measure, Sample } from '../../lib/api';
import { quantity } from '../../lib/format';
import { look } from '../../lib/models';
import { FRAME, strip, type Dot } from './strip';

interface Props {
  cell: Cell;
  measure: Measure;
  samples: readonly Sample[];
  estimate: Estimate | undefined;
}

/** At most so many rounds are labelled; the others keep their place. */
const LABELS = 20;

/** Every sample as a dot over its round; warm-ups are hollow; the band is the median's interval. */
export function StripPlot({ cell, measure, samples, estimate }: Props) {
  const plot = strip(samples);
  const { dots, rounds, ticks } = plot;
  const colour = `var(--m-${look(cell.axes.model ?? '', cell.axes.interpreter).id})`;
  const end = FRAME.width - FRAME.right;
  const base = FRAME.height - FRAME.bottom;
  const every = Math.ceil(rounds.length / LABELS);
  return (
    <svg
      class="strip"
      viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
      role="img"
      aria-label={`${samples.length} samples of ${measure.title} over ${rounds.length} rounds; the table has every value`}
    >
      {ticks.map(({ y, value }) => (
        <g key={value}>
          <line class="grid" x1={FRAME.left} x2={end} y1={y} y2={y} />
          <text x={FRAME.left - 8} y={y} dy="0.35em" text-anchor="end">
            {quantity(value, measure.unit)}
          </text>
        </g>
      ))}
      {estimate && <Median estimate={estimate} y={plot.y} end={end} />}
      <path
        d={circles(dots.filter((dot) => !dot.sample.warmup))}
        fill={colour}
        fill-opacity="0.75"
      />
      <path
        d={circles(dots.filter((dot) => dot.sample.warmup))}
        fill="none"
        stroke={colour}
        stroke-width="1.2"
      />
      {rounds.map(({ x, round }, index) =>
        index % every === 0 ? (
          <text key={round} x={x} y={base + 16} text-anchor="middle">
            {round}
          </text>
        ) : null,
      )}
      <text x={end} y={base + 32} text-anchor="end">
        round
      </text>
    </svg>
  );
}

function Median({
  estimate,
  y,
  end,
}: {
  estimate: Estimate;
  y: (v: number) => number;
  end: number;
}) {
  const { median, ci_low: low, ci_high: high } = estimate;
  return (
    <>
      {low !== null && high !== null && (
        <rect
          class="band"
          x={FRAME.left}
          width={end - FRAME.left}
          y={y(high)}
          height={Math.max(1, y(low) - y(high))}
        />
      )}
      <line class="median" x1={FRAME.left} x2={end} y1={y(median)} y2={y(median)} />
    </>
  );
}

/** One path for all dots: thousands of elements would make the page slow. */
const circles = (dots: readonly Dot[]) =>
  dots
    .map(
      ({ x, y }) => `M${(x - 2.5).toFixed(1)},${y.toFixed(1)}a2.5,2.5 0 1 0 5,0a2.5,2.5 0 1 0 -5,0`,
    )
    .join('');
