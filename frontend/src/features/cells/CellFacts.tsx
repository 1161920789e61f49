import type { ComponentChildren } from 'preact';
import { EvidenceBox } from '../../components/EvidenceBox';
import { Glyph } from '../../components/Glyph';
import { QualityReasons } from '../../components/Quality';
import type { Cell } from '../../lib/api';
import { inOrder } from '../../lib/axes';
import { counted } from '../../lib/format';
import { isFailure, outcomeWords } from '../../lib/outcomes';

const ROLES: Record<Exclude<Cell['role'], 'subject'>, string> = {
  placebo:
    'A placebo: the baseline of its group once more. What it differs from the baseline is noise.',
  anchor: 'An anchor: a frozen program that history is told by. Nobody asked for its figures.',
};

/** Which combination a cell is, what became of it, and what it left behind. */
export function CellFacts({ cell }: { cell: Cell }) {
  return (
    <section class="card">
      <h2 class={isFailure(cell.outcome) ? 'slower' : undefined}>
        {cell.outcome === null && cell.rounds > 0 ? 'being measured' : outcomeWords(cell.outcome)}
      </h2>
      {cell.role !== 'subject' && <p>{ROLES[cell.role]}</p>}
      {cell.reason !== null && <p>{cell.reason}</p>}
      {cell.preliminary && <p class="note">Preliminary: this cell is still being measured.</p>}
      <QualityReasons quality={cell.quality} reasons={cell.quality_reasons} />
      {cell.evidence && <EvidenceBox evidence={cell.evidence} />}
      <dl class="facts">
        {inOrder(Object.keys(cell.axes)).map((axis) => (
          <Fact key={axis} name={axis}>
            {axis === 'model' && (
              <Glyph model={cell.axes.model ?? ''} interpreter={cell.axes.interpreter} />
            )}{' '}
            {cell.axes[axis]}
          </Fact>
        ))}
        <Fact name="host">{cell.host ?? 'not assigned yet'}</Fact>
        <Fact name="build">{cell.build ?? 'not known yet'}</Fact>
        <Fact name="measured">
          {cell.rounds === 0
            ? 'no round'
            : `${counted(cell.rounds, 'round')}, a fresh process each${turns(cell)}`}
        </Fact>
      </dl>
    </section>
  );
}

const turns = ({ turns: counting, warmups }: Cell) =>
  counting === 0
    ? ''
    : `; ${counted(counting, 'turn')} a round after ${counted(warmups, 'warm-up')}`;

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
