import { logScale } from '../../lib/scale';

/** A point with its interval; the ends are null where there is none. */
export interface Point {
  x: number;
  y: number;
  low: number | null;
  high: number | null;
  /** It tells less than the others do. */
  hollow: boolean;
}

export interface Line {
  name: string;
  model: string;
  interpreter: string;
  points: readonly Point[];
}

/** Room beyond the outermost places, as a share of the width. */
const MARGIN = 0.04;

/** Where the numbers of an axis stand, 0 to 1, by their logarithm; each that is measured is a tick. */
export function placesOf(numbers: readonly number[]) {
  const ticks = [...new Set(numbers)].sort((a, b) => a - b);
  const low = Math.log(ticks[0] ?? 1);
  const width = Math.log(ticks.at(-1) ?? 1) - low || 1;
  return {
    ticks,
    at: (value: number) => MARGIN + ((Math.log(value) - low) / width) * (1 - 2 * MARGIN),
  };
}

/** Both axes of a plot that holds all lines. */
export function axesOf(lines: readonly Line[], alsoHigh: number[] = []) {
  const points = lines.flatMap((line) => line.points);
  const heights = [
    1,
    ...points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]),
    ...alsoHigh,
  ];
  const y = logScale(heights);
  const between = factorsBetween(Math.min(...heights), Math.max(...heights));
  return {
    x: placesOf(points.map(({ x }) => x)),
    // A range that is too narrow for such factors has the evenly spaced ticks of the scale.
    y: { at: y.at, ticks: between.length > 2 ? between : y.ticks },
  };
}

/** Factors that read well, between two values. */
export function factorsBetween(low: number, high: number): number[] {
  const powers = Array.from({ length: 13 }, (_, index) => 10 ** (index - 6));
  return powers
    .flatMap((power) =>
      [1, 1.5, 2, 3, 4, 5, 6, 8].map((one) => Number((one * power).toPrecision(2))),
    )
    .filter((factor) => factor >= low && factor <= high);
}

/** Ticks that do not run into each other, when each is about so wide. */
export function readable(
  ticks: readonly number[],
  at: (tick: number) => number,
  width: number,
  room = 44,
): number[] {
  const kept: number[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || (at(tick) - at(last)) * width >= room) kept.push(tick);
  }
  return kept;
}
