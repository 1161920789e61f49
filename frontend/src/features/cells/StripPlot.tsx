import type { Cell, Estimate, Measure, Sample } from '../../lib/api';
import { quantity } from '../../lib/format';
import { useWidth } from '../../lib/hooks';
import { look } from '../../lib/models';
import { FRAME, strip, type Dot } from './strip';

interface Props {
  cell: Cell;
  measure: Measure;
  samples: readonly Sample[];
  estimate: Estimate | undefined;
  /** Rounds that were disturbed. */
  dirty: ReadonlySet<number>;
}

/** Pixels that a round's label needs; where there are fewer, some rounds go without. */
const LABEL = 28;

/** Every sample as a dot over its round; warm-ups are hollow, dirty rounds hatched. */
export function StripPlot(props: Props) {
  const [box, width] = useWidth();
  return (
    <div ref={box} style={{ minHeight: FRAME.height }}>
      {width > 0 && <Strip {...props} width={width} />}
    </div>
  );
}

function Strip({ cell, measure, samples, estimate, dirty, width }: Props & { width: number }) {
  const plot = strip(samples, width);
  const { dots, rounds, ticks } = plot;
  const colour = `var(--m-${look(cell.axes.model ?? '', cell.axes.interpreter).id})`;
  const end = width - FRAME.right;
  const base = FRAME.height - FRAME.bottom;
  const every = Math.ceil((rounds.length * LABEL) / (end - FRAME.left));
  return (
    <svg
      class="strip"
      width={width}
      height={FRAME.height}
      role="img"
      aria-label={`${samples.length} samples of ${measure.title} over ${rounds.length} rounds; the table has every value`}
    >
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">
          <path class="hatch" d="M-1,1l2,-2M0,6l6,-6M5,7l2,-2" />
        </pattern>
      </defs>
      {rounds.map(({ x, round }) =>
        dirty.has(round) ? (
          <rect
            key={round}
            fill="url(#hatch)"
            x={x - plot.column / 2}
            width={plot.column}
            y={FRAME.top}
            height={base - FRAME.top}
          />
        ) : null,
      )}
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
