/** Round values (1, 2 or 5 times a power of ten, and its multiples) that enclose a range. */
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

export interface Scale {
  /** Where a value stands between the ends of the axis, 0 to 1. */
  at: (value: number) => number;
  ticks: number[];
}

/** Widest range, as a factor, that evenly spaced ticks still read well on. */
const NARROW = 3;
/** Ticks that fit under a plot on a phone. */
const MOST_TICKS = 7;
/** Room beyond the outermost value, as a share of the range. */
const MARGIN = 0.04;

/**
 * A logarithmic axis around 1 that holds all values: half as fast is as far from 1 as twice as fast.
 *
 * @param values factors above 0; others are left out
 */
export function logScale(values: readonly number[]): Scale {
  const known = values.filter((value) => value > 0 && Number.isFinite(value));
  // Never so narrow that nothing but noise fills the plot.
  const min = Math.min(1 / 1.05, ...known);
  const max = Math.max(1.05, ...known);
  const margin = Math.log(max / min) * MARGIN;
  const low = Math.log(min) - margin;
  const high = Math.log(max) + margin;
  const inside = (value: number) => Math.log(value) >= low && Math.log(value) <= high;
  const ticks = max / min < NARROW ? axis(min, max).ticks : decades(min, max);
  return {
    at: (value) => (Math.log(value) - low) / (high - low),
    ticks: ticks.filter((value) => value > 0 && inside(value)),
  };
}

/** 1, 2 and 5 times each power of ten; only the powers where those would be too many. */
function decades(min: number, max: number): number[] {
  const from = Math.floor(Math.log10(min));
  const to = Math.ceil(Math.log10(max));
  const powers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const all = powers.flatMap((power) => [1, 2, 5].map((factor) => factor * 10 ** power));
  const fitting = all.filter((value) => value >= min && value <= max);
  return fitting.length <= MOST_TICKS
    ? fitting
    : powers.map((power) => 10 ** power).filter((value) => value >= min && value <= max);
}
