import { EvidenceBox } from '../../components/EvidenceBox';
import type { Cell } from '../../lib/api';
import { describe, varying } from '../../lib/axes';
import { counted } from '../../lib/format';
import { failures, outcomeWords } from '../../lib/outcomes';

interface Props {
  run: string;
  cells: readonly Cell[];
}

/** The cells that broke, with what they left behind: they come before any figure. */
export function Failures({ run, cells }: Props) {
  const broken = failures(cells);
  if (broken.length === 0) return null;
  const axes = naming(cells);
  return (
    <section class="card failures" id="failures">
      <h2>{counted(broken.length, 'cell')} failed</h2>
      <ul>
        {broken.map((cell) => (
          <li key={cell.id}>
            <p>
              <a href={`/cells/${cell.id}?run=${run}`}>{describe(cell.axes, axes)}</a>{' '}
              <b class="slower">{outcomeWords(cell.outcome)}</b>
            </p>
            {cell.reason !== null && <p class="quiet">{cell.reason}</p>}
            {cell.evidence && <EvidenceBox evidence={cell.evidence} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Cells that were not measured although nothing broke, folded away. */
export function LeftOut({ run, cells }: Props) {
  const out = cells.filter(
    ({ outcome }) =>
      outcome === 'unsupported' || outcome === 'cancelled' || outcome === 'not_measured',
  );
  if (out.length === 0) return null;
  const axes = naming(cells);
  return (
    <details class="card">
      <summary>{counted(out.length, 'cell')} not measured</summary>
      <ul class="left-out">
        {out.map((cell) => (
          <li key={cell.id}>
            <a href={`/cells/${cell.id}?run=${run}`}>{describe(cell.axes, axes)}</a>:{' '}
            {outcomeWords(cell.outcome)}
            {cell.reason !== null && <span class="quiet"> – {cell.reason}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Axes that are needed to tell the cells of a run apart. */
const naming = (cells: readonly Cell[]) => [
  ...new Set(['workload', 'model', ...varying(cells.map((cell) => cell.axes))]),
];
