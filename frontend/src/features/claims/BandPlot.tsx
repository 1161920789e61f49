import { useWidth } from '../../lib/hooks';
import { logScale } from '../../lib/scale';

/** Pixels. */
const LINE = 18;
const EDGE = 10;
const AXIS = 18;

export interface Mark {
  label: string;
  ratio: number;
  low: number | null;
  high: number | null;
}

interface Props {
  band: { low: number | null; high: number | null } | null;
  marks: readonly Mark[];
}

/** Intervals on the band that they must lie in; the table under it says the same in words. */
export function BandPlot({ band, marks }: Props) {
  const [box, width] = useWidth();
  const values = marks.flatMap(({ ratio, low, high }) => [ratio, low ?? ratio, high ?? ratio]);
  const ends = [band?.low, band?.high].filter((end): end is number => typeof end === 'number');
  const scale = logScale([...values, ...ends]);
  const x = (value: number) => EDGE + scale.at(value) * (width - 2 * EDGE);
  const height = marks.length * LINE + AXIS;
  const from = band?.low == null ? 0 : x(band.low);
  const to = band?.high == null ? width : x(band.high);
  return (
    <div ref={box} class="band-plot">
      {width > 2 * EDGE && marks.length > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          {band && (
            <rect
              class="band"
              x={from}
              width={Math.max(1, to - from)}
              y="0"
              height={height - AXIS}
            />
          )}
          {scale.ticks.map((tick) => (
            <g key={tick}>
              <line class="grid" x1={x(tick)} x2={x(tick)} y1="0" y2={height - AXIS} />
              <text x={x(tick)} y={height - 4} text-anchor="middle">
                {Number(tick.toPrecision(3))}
              </text>
            </g>
          ))}
          {marks.map(({ label, ratio, low, high }, index) => {
            const y = index * LINE + LINE / 2;
            return (
              <g key={label} class="mark">
                {low !== null && high !== null && (
                  <path
                    d={`M${x(low)},${y}H${x(high)}M${x(low)},${y - 4}v8M${x(high)},${y - 4}v8`}
                  />
                )}
                <circle cx={x(ratio)} cy={y} r="3.5" />
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
