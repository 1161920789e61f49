import type { ComponentChildren } from 'preact';
import { EvidenceBox } from '../../components/EvidenceBox';
import { Glyph } from '../../components/Glyph';
import type { Cell } from '../../lib/api';
import { inOrder } from '../../lib/axes';
import { counted } from '../../lib/format';
import { isFailure, outcomeWords } from '../../lib/outcomes';

/** Which combination a cell is, what became of it, and what it left behind. */
export function CellFacts({ cell }: { cell: Cell }) {
  return (
    <section class="card">
      <h2 class={isFailure(cell.outcome) ? 'slower' : undefined}>
        {cell.outcome === null && cell.rounds > 0 ? 'being measured' : outcomeWords(cell.outcome)}
        {cell.quality && <span class="quiet"> · {cell.quality}</span>}
      </h2>
      {cell.reason !== null && <p>{cell.reason}</p>}
      {cell.preliminary && <p class="note">Preliminary: this cell is still being measured.</p>}
      <ul class="reasons">
        {cell.quality_reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
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
            : `${counted(cell.rounds, 'round')}, a fresh process each`}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
