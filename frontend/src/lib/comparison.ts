import { useQuery } from '@tanstack/preact-query';
import type { AxisValue, Cell, Comparison, Quality, Run } from './api';
import { byModel } from './models';
import { QUALITIES } from './quality';
import { cellsQuery, comparisonQuery } from './queries';

export const MEASURE = 'total_seconds';
const BASELINE = 'sequential';

/** The models of a run's cells, in the order of the columns. */
export const modelsOf = (cells: readonly Cell[]): string[] =>
  [...new Set(cells.map((cell) => String(cell.axes.model)))].sort(byModel);

export const defaultBaseline = (models: readonly string[]) =>
  models.includes(BASELINE) ? BASELINE : (models[0] ?? BASELINE);

/** True when at least one model could be compared with the baseline. */
export const hasFigures = ({ groups, baseline }: Comparison) =>
  groups.some((group) => group.entries.some((one) => one.ratio !== null && one.value !== baseline));

export const isPreliminary = ({ groups }: Comparison) =>
  groups.some((group) => group.entries.some((one) => one.preliminary));

/** Qualities that make a usable figure doubtful and occur in a comparison, best first. */
export function doubtsOf({ groups }: Comparison): Quality[] {
  const found = new Set(groups.flatMap((group) => group.entries.map((entry) => entry.quality)));
  return QUALITIES.filter((one) => one !== 'stable' && one !== 'invalid' && found.has(one));
}

/** Values of an axis across a comparison's groups, in the order of the columns. */
export const columnsOf = ({ groups }: Comparison): AxisValue[] =>
  [...new Set(groups.flatMap((group) => group.entries.map((entry) => entry.value)))].sort(byModel);

type Watched = Pick<Run, 'id' | 'state'>;
const NO_RUN: Watched = { id: '', state: 'completed' };

/** A run's cells, and its models compared; an empty or unknown baseline means the usual one. */
export function useComparison(run: Watched | undefined, baseline = '', measure = '') {
  const cells = useQuery({ ...cellsQuery(run ?? NO_RUN), enabled: run !== undefined });
  const models = modelsOf(cells.data ?? []);
  const comparison = useQuery({
    ...comparisonQuery(
      run ?? NO_RUN,
      models.includes(baseline) ? baseline : defaultBaseline(models),
      measure || MEASURE,
    ),
    enabled: run !== undefined && models.length > 0,
  });
  return {
    cells,
    models,
    comparison,
    isLoading: cells.isLoading || comparison.isLoading,
    error: cells.error ?? comparison.error,
  };
}
