import type { Cell, Outcome, RunSummary } from './api';

const WORDS: Record<Outcome, string> = {
  succeeded: 'succeeded',
  unsupported: 'unsupported',
  wrong_result: 'wrong result',
  exception: 'exception',
  import_error: 'import error',
  gil_mismatch: 'GIL mismatch',
  crashed: 'crashed',
  timed_out: 'timed out',
  out_of_memory: 'out of memory',
  cancelled: 'cancelled',
  not_measured: 'not measured',
};

/** Outcomes that are nobody's fault: nothing was measured, and nothing broke. */
const UNMEASURED: Outcome[] = ['succeeded', 'unsupported', 'cancelled', 'not_measured'];

export const outcomeWords = (outcome: Outcome | null) =>
  outcome === null ? 'queued' : WORDS[outcome];

export const isFailure = (outcome: Outcome | null) =>
  outcome !== null && !UNMEASURED.includes(outcome);

export const failures = (cells: readonly Cell[]) => cells.filter((cell) => isFailure(cell.outcome));

export function stateWords({ state, progress }: Pick<RunSummary, 'state' | 'progress'>): string {
  const failed = progress.cells_failed;
  return state === 'completed' && failed > 0 ? `completed, ${failed} failed` : state;
}
