import { marker } from '../../components/Glyph';
import type { AxisValue } from '../../lib/api';
import type { Advantage } from '../../lib/advantage';
import type { Forest, RoundDot } from './forest';

/** Pixels. */
const HEIGHT = 34;
const LINE = 12;
const DOTS = 24;
const EDGE = 8;

type Look =
  | {
      kind: 'model';
      model: AxisValue;
      interpreter: AxisValue | undefined;
      /** No clear difference. */
      hollow: boolean;
      /** The figure is invalid. */
      withheld: boolean;
    }
  | { kind: 'placebo' };

interface Props {
  forest: Forest;
  width: number;
  shown: Advantage | null;
  rounds: readonly RoundDot[];
  look: Look;
}

const place = (forest: Forest, width: number) => (value: number) =>
  EDGE + forest.scale.at(value) * (width - 2 * EDGE);

/** Interval and rounds of one arm. Hidden from readers: the words beside it say the same. */
export function ForestLine({ forest, width, shown, rounds, look }: Props) {
  if (width <= 2 * EDGE) return <svg height={HEIGHT} aria-hidden="true" />;
  const x = place(forest, width);
  const { band } = forest;
  const drawn = styleOf(look);
  const open = look.kind === 'placebo' || look.hollow || look.withheld;
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <rect class="band" x={x(band.low)} width={x(band.high) - x(band.low)} y="0" height={HEIGHT} />
      {forest.scale.ticks.map((tick) => (
        <line key={tick} class="grid" x1={x(tick)} x2={x(tick)} y1="0" y2={HEIGHT} />
      ))}
      <line class="one" x1={x(1)} x2={x(1)} y1="0" y2={HEIGHT} />
      <path d={circles(rounds, x, false)} fill={drawn.colour} fill-opacity="0.55" />
      <path d={circles(rounds, x, true)} fill="none" stroke={drawn.colour} stroke-width="1.1" />
      {shown && shown.low !== null && shown.high !== null && (
        <path
          d={`M${x(shown.low)},${LINE}H${x(shown.high)}M${x(shown.low)},${LINE - 4}v8M${x(shown.high)},${LINE - 4}v8`}
          stroke={drawn.colour}
          stroke-width="1.6"
          stroke-dasharray={look.kind === 'model' && look.withheld ? '3 3' : undefined}
        />
      )}
      {shown && (
        <path
          d={drawn.outline}
          transform={`translate(${x(shown.value)} ${LINE}) scale(.68)`}
          fill={open ? 'var(--surface)' : drawn.colour}
          stroke={drawn.colour}
          stroke-width="1.8"
        />
      )}
    </svg>
  );
}

function styleOf(look: Look) {
  if (look.kind === 'placebo') return { ...marker('sequential'), colour: 'var(--ink-3)' };
  const usual = marker(look.model, look.interpreter);
  return look.withheld ? { ...usual, colour: 'var(--ink-3)' } : usual;
}

/** Dots step down and up by turns, so that equal rounds do not hide each other. */
const circles = (rounds: readonly RoundDot[], x: (value: number) => number, dirty: boolean) =>
  rounds
    .map((round, index) => ({ ...round, y: DOTS + (index % 3) * 2.5 }))
    .filter((round) => round.dirty === dirty)
    .map(
      ({ value, y }) =>
        `M${(x(value) - 2.2).toFixed(1)},${y}a2.2,2.2 0 1 0 4.4,0a2.2,2.2 0 1 0 -4.4,0`,
    )
    .join('');

/** Ticks and both directions in words, under the arms. */
export function ForestAxis({ forest, width }: { forest: Forest; width: number }) {
  if (width <= 2 * EDGE) return <svg height="20" aria-hidden="true" />;
  const x = place(forest, width);
  return (
    <svg width={width} height="20" aria-hidden="true">
      {forest.scale.ticks.map((tick) => (
        <text key={tick} x={x(tick)} y="14" text-anchor="middle">
          {Math.abs(tick - 1) < 1e-9 ? 'same' : `${Number(tick.toPrecision(3))}×`}
        </text>
      ))}
    </svg>
  );
}
