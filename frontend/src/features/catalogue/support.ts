import type { Interpreter, Model, Support } from '../../lib/api';

type Verdict = Support['verdict'];

/** Symbol and words of a verdict: never told apart by colour alone. */
export const VERDICTS: Record<Verdict, { symbol: string; words: string; broken: boolean }> = {
  supported: { symbol: '✓', words: 'runs', broken: false },
  unsupported: { symbol: '–', words: 'unsupported', broken: false },
  import_error: { symbol: '✕', words: 'import error', broken: true },
  crash_import: { symbol: '✕', words: 'crashes before its result', broken: true },
  crash_teardown: { symbol: '†', words: 'crashes after its result', broken: true },
  hang: { symbol: '∞', words: 'hangs', broken: true },
};

/** What is known of one model on one line of interpreters; undefined before it was probed. */
export type Known = Support | undefined;

export interface SupportGrid {
  /** Lines of interpreters, oldest first. */
  lines: string[];
  rows: { model: Model; known: Known[] }[];
  /** How many pairs have not been probed yet. */
  pending: number;
}

/** Sorts 3.9 before 3.10, and the free-threaded build of a version after its usual one. */
export const byLine = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/**
 * Models by lines of interpreters. Where hosts or builds of a line differ, the one that is broken
 * is shown: a cell may land on it.
 */
export function gridOf(
  models: readonly Model[],
  interpreters: readonly Interpreter[],
  support: readonly Support[],
): SupportGrid {
  const usable = interpreters.filter(({ usable }) => usable);
  const lines = [...new Set(usable.map(({ line }) => line))].sort(byLine);
  const severity = ({ verdict }: Support) =>
    VERDICTS[verdict].broken ? 2 : verdict === 'supported' ? 0 : 1;
  const worst = (model: string, line: string): Known =>
    support
      .filter((one) => one.model === model && one.line === line)
      .sort((a, b) => severity(b) - severity(a))[0];
  const rows = models.map((model) => ({
    model,
    known: lines.map((line) => worst(model.id, line)),
  }));
  const pending = rows.reduce(
    (sum, { known }) => sum + known.filter((one) => one === undefined).length,
    0,
  );
  return { lines, rows, pending };
}

/** Reasons of what does not run, each with everything it holds for. */
export function reasonsOf(grid: SupportGrid): { words: string; reason: string; where: string[] }[] {
  const found = new Map<string, { words: string; reason: string; where: string[] }>();
  for (const { model, known } of grid.rows) {
    for (const one of known) {
      if (!one || one.verdict === 'supported') continue;
      const key = `${one.verdict} ${one.reason}`;
      const entry = found.get(key) ?? {
        words: VERDICTS[one.verdict].words,
        reason: one.reason ?? '',
        where: [],
      };
      entry.where.push(`${model.id} on ${one.line}`);
      found.set(key, entry);
    }
  }
  return [...found.values()];
}
