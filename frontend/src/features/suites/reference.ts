import { turned, type Advantage } from '../../lib/advantage';
import type { AxisValue, Comparison, Suite } from '../../lib/api';

type Reference = NonNullable<Suite['reference']>;

/** A published speed against its baseline, and what this run found for the same work. */
export interface Beside {
  where: string;
  model: string;
  /** Speed against the baseline as published; it has no interval. */
  published: number;
  found: { interpreter: string; speed: Advantage }[];
}

const fits = (axes: Record<string, AxisValue>, where: Reference['values'][number]['where']) =>
  Object.entries(where).every(([axis, value]) => axes[axis] === value);

/** Published ratios beside those of a run; figures of two machines are never divided by each other. */
export function besides(reference: Reference, comparison: Comparison): Beside[] {
  const baselineOf = (where: Reference['values'][number]['where']) =>
    reference.values.find(
      (one) =>
        one.model === reference.baseline && JSON.stringify(one.where) === JSON.stringify(where),
    )?.seconds;
  return reference.values.flatMap(({ where, model, seconds }) => {
    const baseline = baselineOf(where);
    if (baseline === undefined || model === reference.baseline) return [];
    const found = comparison.groups
      .filter(({ axes }) => fits(axes, where))
      .flatMap(({ axes, entries }) =>
        entries
          .filter(({ value }) => value === model)
          .flatMap((entry) => {
            const speed = turned(entry, 'lower_is_better');
            return speed && entry.median !== null
              ? [{ interpreter: String(axes.interpreter), speed }]
              : [];
          }),
      );
    const words = Object.entries(where).map(([axis, value]) => `${value} ${axis}`);
    return [{ where: words.join(', '), model, published: baseline / seconds, found }];
  });
}
