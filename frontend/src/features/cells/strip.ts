import type { Sample } from '../../lib/api';
import { axis } from '../../lib/scale';

/** Height and margins in pixels. */
export const FRAME = { height: 260, left: 72, right: 12, top: 12, bottom: 36 };

export interface Dot {
  x: number;
  y: number;
  sample: Sample;
}

export interface Strip {
  dots: Dot[];
  rounds: { x: number; round: number }[];
  /** Width of a round in pixels. */
  column: number;
  ticks: { y: number; value: number }[];
  y: (value: number) => number;
}

/** Places samples by round and value; samples of one round stand side by side in turn order. */
export function strip(samples: readonly Sample[], width: number): Strip {
  const rounds = [...new Set(samples.map((sample) => sample.round))].sort((a, b) => a - b);
  const turns = Math.max(1, ...samples.map((sample) => sample.turn + 1));
  const values = samples.map((sample) => sample.value);
  const { ticks, low, high } = axis(Math.min(...values), Math.max(...values));
  const inner = FRAME.height - FRAME.top - FRAME.bottom;
  const column = (width - FRAME.left - FRAME.right) / Math.max(1, rounds.length);
  const y = (value: number) => FRAME.top + inner * (1 - (value - low) / (high - low));
  const x = (round: number, turn: number) =>
    FRAME.left + column * (rounds.indexOf(round) + 0.15 + (0.7 * (turn + 0.5)) / turns);
  return {
    dots: samples.map((sample) => ({
      x: x(sample.round, sample.turn),
      y: y(sample.value),
      sample,
    })),
    rounds: rounds.map((round, index) => ({ x: FRAME.left + column * (index + 0.5), round })),
    column,
    ticks: ticks.map((value) => ({ y: y(value), value })),
    y,
  };
}
