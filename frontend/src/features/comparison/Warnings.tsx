import type { Comparison } from '../../lib/api';
import { counted } from '../../lib/format';
import { refusedOf } from './rows';

/** What was not compared unless asked for, and what speaks against what was. */
export function Warnings({
  comparison,
  onAsk,
}: {
  comparison: Comparison;
  onAsk: (needs: string) => void;
}) {
  const refused = refusedOf(comparison);
  if (refused.length === 0 && comparison.warnings.length === 0) return null;
  return (
    <section class="card compare-warnings" aria-label="Warnings">
      {refused.map(({ needs, reason, entries }) => (
        <p key={needs} class="refused">
          <b>{counted(entries, 'cell')} not compared</b>: {reason}.{' '}
          <button type="button" class="button" onClick={() => onAsk(needs)}>
            Compare anyway
          </button>
        </p>
      ))}
      {comparison.warnings.length > 0 && (
        <ul>
          {comparison.warnings.map(({ code, sentence, entries }) => (
            <li key={code}>
              <code>{code}</code> {sentence}
              {entries > 0 && <span class="quiet"> ({counted(entries, 'cell')})</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
