import type { Sample } from '../../lib/api';

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
    ticks: ticks.map((value) => ({ y: y(value), value })),
    y,
  };
}

/** Round tick values (1, 2 or 5 times a power of ten) that enclose the given range. */
export function axis(min: number, max: number): { ticks: number[]; low: number; high: number } {
  const width = max - min || Math.abs(max) * 0.1 || 1;
  const rough = width / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(min / step);
  const last = Math.max(first + 1, Math.ceil(max / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { ticks, low: first * step, high: last * step };
}
