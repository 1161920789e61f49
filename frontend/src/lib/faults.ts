import type { Problem } from './api';

export interface Faults {
  /** Messages by field: an axis, or "name". */
  fields: Record<string, string[]>;
  /** Messages that belong to no field of the form. */
  rest: string[];
}

/** Sorts a problem's errors by the field that their JSON pointer names: /matrix/digits/0 is digits. */
export function faultsOf(problem: Problem, fields: readonly string[]): Faults {
  const faults: Faults = { fields: {}, rest: [] };
  for (const { pointer, detail, allowed } of problem.errors ?? []) {
    const words = allowed?.length ? `${detail} Allowed: ${allowed.join(', ')}.` : detail;
    const steps = pointer.split('/').slice(1);
    const nested = steps[0] === 'matrix' || steps[0] === 'precision';
    const field = nested ? steps[1] : steps[0];
    if (field !== undefined && fields.includes(field)) (faults.fields[field] ??= []).push(words);
    else faults.rest.push(words);
  }
  return faults;
}
