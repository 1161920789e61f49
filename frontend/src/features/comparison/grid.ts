import type { Axes, Comparison, ComparisonEntry, ComparisonGroup } from '../../lib/api';
import { byValue, describe, inOrder, parametersOf, shared, varying } from '../../lib/axes';
import { byModel } from '../../lib/models';
import { isFailure, outcomeWords } from '../../lib/outcomes';

export interface Block {
  workload: string;
  rows: ComparisonGroup[];
}

export interface Column {
  title: string;
  axes: string[];
}

export interface Grid {
  /** Axes that tell the rows of a workload apart. */
  rowAxes: string[];
  /** The same as columns: all parameters of the workload share one. */
  columns: Column[];
  /** Axes that all rows have in common and no column shows. */
  common: Axes;
  blocks: Block[];
}

/** The comparison's groups as rows, in blocks of one workload each. */
export function gridOf({ groups }: Comparison): Grid {
  const axes = groups.map((group) => group.axes);
  const differing = varying(axes).filter((axis) => axis !== 'workload');
  // With a single row nothing varies; its workload's parameters then name it.
  const rowAxes = differing.length > 0 ? differing : inOrder(parametersOf(axes));
  const common = Object.fromEntries(
    Object.entries(shared(axes)).filter(([axis]) => axis !== 'workload' && !rowAxes.includes(axis)),
  );
  const workloads = [...new Set(axes.map((one) => String(one.workload)))].sort(byValue);
  const blocks = workloads.map((workload) => ({
    workload,
    rows: groups
      .filter((group) => String(group.axes.workload) === workload)
      .sort((a, b) => compareBy(rowAxes, a.axes, b.axes)),
  }));
  const parameters = rowAxes.filter((axis) => parametersOf(axes).includes(axis));
  const others = rowAxes.filter((axis) => !parameters.includes(axis));
  const columns = [
    ...(parameters.length > 0 ? [{ title: 'parameters', axes: parameters }] : []),
    ...others.map((axis) => ({ title: axis, axes: [axis] })),
  ];
  return { rowAxes, columns, common, blocks };
}

function compareBy(rowAxes: readonly string[], a: Axes, b: Axes): number {
  for (const axis of rowAxes) {
    const order = byValue(a[axis] ?? '', b[axis] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

export const rowName = (group: ComparisonGroup, rowAxes: readonly string[]) =>
  describe(group.axes, ['workload', ...rowAxes]);

/** Why a cell has no figure, in a word for the cell. */
export function missingWord({ outcome }: Pick<ComparisonEntry, 'outcome'>): string {
  if (outcome === null) return '… queued';
  if (isFailure(outcome)) return `✕ ${outcomeWords(outcome)}`;
  return outcome === 'succeeded' ? 'no baseline' : outcomeWords(outcome);
}

export interface Leader {
  /** Every model that leads as many rows: naming one of them would favour it. */
  models: string[];
  /** Rows where each of them is fastest, or tied with the fastest. */
  rows: number;
  /** Rows where any model is. */
  of: number;
}

/** The models that lead most rows, if any row has figures. */
export function leader({ groups }: Comparison): Leader | undefined {
  const of = groups.filter((group) => group.fastest.length > 0).length;
  const counts = new Map<string, number>();
  for (const model of groups.flatMap((group) => group.fastest.map(String))) {
    counts.set(model, (counts.get(model) ?? 0) + 1);
  }
  const rows = Math.max(0, ...counts.values());
  const models = [...counts].filter(([, led]) => led === rows).map(([model]) => model);
  return models.length > 0 ? { models: models.sort(byModel), rows, of } : undefined;
}
