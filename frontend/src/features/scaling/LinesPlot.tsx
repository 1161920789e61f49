import type { ComponentChildren } from 'preact';
import { marker } from '../../components/Glyph';
import { useWidth } from '../../lib/hooks';
import { axesOf, readable, type Line } from './plot';

/** Pixels. */
const HEIGHT = 260;
const LEFT = 46;
const BOTTOM = 36;
const TOP = 8;

interface Props {
  lines: readonly Line[];
  /** The words under the horizontal axis. */
  xTitle: string;
  /** Values that the vertical axis must hold beside the points. */
  alsoHigh?: number[];
  /** What is drawn under the lines. */
  under?: (place: Place) => ComponentChildren;
}

export interface Place {
  x: (value: number) => number;
  y: (value: number) => number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Factors over sizes, both by their logarithm. Hidden from readers: the table says the same. */
export function LinesPlot({ lines, xTitle, alsoHigh, under }: Props) {
  const [box, width] = useWidth();
  const axes = axesOf(lines, alsoHigh);
  const inner = width - LEFT - 8;
  const place: Place = {
    x: (value) => LEFT + axes.x.at(value) * inner,
    y: (value) => TOP + (1 - axes.y.at(value)) * (HEIGHT - TOP - BOTTOM),
    top: TOP,
    bottom: HEIGHT - BOTTOM,
    left: LEFT,
    right: LEFT + inner,
  };
  const { x, y } = place;
  return (
    <div ref={box} class="lines-plot">
      <svg width={width} height={HEIGHT} aria-hidden="true">
        {inner > 0 && (
          <>
            {readable(axes.y.ticks, axes.y.at, HEIGHT, 22).map((tick) => (
              <g key={tick}>
                <line class="grid" x1={LEFT} x2={place.right} y1={y(tick)} y2={y(tick)} />
                <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
                  {Number(tick.toPrecision(3))}×
                </text>
              </g>
            ))}
            {readable(axes.x.ticks, axes.x.at, inner).map((tick) => (
              <text key={tick} x={x(tick)} y={HEIGHT - BOTTOM + 16} text-anchor="middle">
                {tick.toLocaleString('en-US')}
              </text>
            ))}
            <text x={LEFT + inner / 2} y={HEIGHT - 3} text-anchor="middle">
              {xTitle}
            </text>
            {under?.(place)}
            <line class="one" x1={LEFT} x2={place.right} y1={y(1)} y2={y(1)} />
            {lines.map((line) => (
              <Drawn key={line.name} line={line} place={place} />
            ))}
          </>
        )}
      </svg>
    </div>
  );
}

function Drawn({ line, place: { x, y } }: { line: Line; place: Place }) {
  const { outline, colour } = marker(line.model, line.interpreter);
  const whiskers = line.points
    .filter(({ low, high }) => low !== null && high !== null)
    .map((point) => `M${x(point.x)},${y(point.low ?? 1)}V${y(point.high ?? 1)}`)
    .join('');
  return (
    <g stroke={colour} fill="none">
      <polyline
        points={line.points.map((point) => `${x(point.x)},${y(point.y)}`).join(' ')}
        stroke-width="1.6"
      />
      <path d={whiskers} stroke-width="1.4" />
      {line.points.map((point) => (
        <path
          key={point.x}
          d={outline}
          transform={`translate(${x(point.x)} ${y(point.y)}) scale(.72)`}
          fill={point.hollow ? 'var(--surface)' : colour}
          stroke-width="1.8"
        >
          <title>{`${line.name}, ${point.x}: ${Number(point.y.toPrecision(3))}×`}</title>
        </path>
      ))}
    </g>
  );
}
