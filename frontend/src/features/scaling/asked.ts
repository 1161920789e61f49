import type { Axes } from '../../lib/api';
import { byValue, varying } from '../../lib/axes';
import { oneOf, text } from '../../lib/url';

/** The state of the page, as it stands in its address. Empty means the usual. */
export const CODECS = {
  run: text(),
  measure: oneOf(['steady_seconds', 'total_seconds'], 'steady_seconds'),
  view: oneOf(['chart', 'table'], 'chart'),
  x: text(),
  pivot: text('model'),
  a: text(),
  b: text(),
};

/** From which size on is a better than b? */
export interface Question {
  run: string;
  x: string;
  pivot: string;
  a: string;
  b: string;
  measure: string;
}

/** Fewer sizes have no answer. */
const FEWEST_SIZES = 3;

/** Axes of numbers with enough different values to find a size on. */
export const sizeAxes = (cells: readonly Axes[]): string[] =>
  varying(cells).filter((axis) => {
    const values = new Set(cells.flatMap((axes) => (axis in axes ? [axes[axis]] : [])));
    return values.size >= FEWEST_SIZES && [...values].every((value) => typeof value === 'number');
  });

/** Axes whose values can be asked about: all that differ but the size. */
export const pivotsOf = (cells: readonly Axes[], x: string): string[] =>
  varying(cells).filter((axis) => axis !== x);

export const valuesOf = (cells: readonly Axes[], axis: string): string[] =>
  [...new Set(cells.flatMap((axes) => (axis in axes ? [String(axes[axis])] : [])))].sort(byValue);

type Wish = Partial<Pick<Question, 'x' | 'pivot' | 'a' | 'b'>>;

/** What the wishes come to in a run; undefined where it has no sizes or nothing to tell apart. */
export function questionOf(
  run: string,
  cells: readonly Axes[],
  measure: string,
  wish: Wish,
): Question | undefined {
  const axes = sizeAxes(cells);
  // The size of the work is what one asks for first; workers are no size of it.
  const order = [wish.x, ...axes.filter((axis) => axis !== 'parallelism'), 'parallelism'];
  return order
    .filter((x) => x !== undefined && axes.includes(x))
    .map((x) => along(String(x), run, cells, measure, wish))
    .find((question) => question !== undefined);
}

/** The question along one axis; undefined where the two have too few sizes in common. */
function along(
  x: string,
  run: string,
  cells: readonly Axes[],
  measure: string,
  wish: Wish,
): Question | undefined {
  const pivot = pick(pivotsOf(cells, x), wish.pivot, 'model');
  if (pivot === undefined) return undefined;
  const values = valuesOf(cells, pivot);
  const b = pick(values, wish.b, 'threads');
  const a = pick(
    values.filter((value) => value !== b),
    wish.a,
  );
  if (a === undefined || b === undefined) return undefined;
  const sizesOf = (value: string) =>
    new Set(cells.filter((axes) => String(axes[pivot]) === value).map((axes) => axes[x]));
  const ofB = sizesOf(b);
  const common = [...sizesOf(a)].filter((size) => ofB.has(size));
  return common.length < FEWEST_SIZES ? undefined : { run, x, pivot, a, b, measure };
}

const pick = (among: readonly string[], ...wishes: (string | undefined)[]) =>
  wishes.find((wish) => wish !== undefined && among.includes(wish)) ?? among[0];

export const scalingAddress = (run: string, measure: string) =>
  `/api/v1/scaling?${new URLSearchParams({ run, measure }).toString()}`;

export const crossoverAddress = (question: Question) =>
  `/api/v1/crossovers?${new URLSearchParams({ ...question }).toString()}`;
