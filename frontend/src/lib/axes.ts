import type { Axes, AxisValue } from './api';
import { counted } from './format';

/** Axes that every cell has; any other one is a parameter of its workload. */
const COMMON = ['workload', 'tasks', 'parallelism', 'model', 'interpreter', 'profile'];

const isParameter = (axis: string) => !COMMON.includes(axis);

/** The workloads' parameters that occur in the given combinations. */
export const parametersOf = (all: readonly Axes[]): string[] => [
  ...new Set(all.flatMap((axes) => Object.keys(axes)).filter(isParameter)),
];

/** Reading order: workload, its parameters, then the other axes. */
export function inOrder(axes: readonly string[]): string[] {
  const rank = (axis: string) => (isParameter(axis) ? 0.5 : COMMON.indexOf(axis));
  return [...axes].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Axes whose value differs between the given combinations, or is missing in some. */
export function varying(all: readonly Axes[]): string[] {
  const axes = inOrder([...new Set(all.flatMap((one) => Object.keys(one)))]);
  return axes.filter((axis) => new Set(all.map((one) => one[axis])).size > 1);
}

/** Axes that stay the same in all of the given combinations. */
export function shared(all: readonly Axes[]): Axes {
  const differing = new Set(varying(all));
  const first = all[0] ?? {};
  return Object.fromEntries(Object.entries(first).filter(([axis]) => !differing.has(axis)));
}

/** One axis in words: "2000 digits", "10 tasks", "parallelism 2", "cpython-3.14". */
export function axisWords(axis: string, value: AxisValue): string {
  if (axis === 'workload' || axis === 'interpreter' || axis === 'model') return String(value);
  if (typeof value === 'string' || axis === 'parallelism') return `${axis} ${value}`;
  if (axis === 'tasks') return counted(value, 'task');
  // Four digits read well as they are: 2000 digits, but 100,000 items.
  return `${value < 10_000 ? value : value.toLocaleString('en-US')} ${axis}`;
}

/** The given axes of one combination, in words. */
export function describe(axes: Axes, only: readonly string[] = Object.keys(axes)): string {
  return inOrder(only)
    .flatMap((axis) => (axes[axis] === undefined ? [] : [axisWords(axis, axes[axis])]))
    .join(', ');
}

/** Numbers by size, interpreter lines by version, the rest by letter. */
export const byValue = (a: AxisValue, b: AxisValue) =>
  String(a).localeCompare(String(b), 'en', { numeric: true });
