import type { ClaimVerdict } from '../../lib/api';
import { verdictWords } from './claims';

/** Strokes around the origin, about 10 units wide: a shape of its own for each verdict. */
const STROKES: Record<ClaimVerdict, string> = {
  confirmed: 'M-4,.5L-1.2,3.2L4,-3.2',
  refuted: 'M-3.6,-3.6L3.6,3.6M3.6,-3.6L-3.6,3.6',
  inconclusive: 'M-4.5,0L-2.5,-3.5L0,3.5L2.5,-3.5L4.5,0',
  not_testable: 'M-4,0H4',
};

/** A verdict by shape, colour and word. */
export function VerdictMark({ verdict }: { verdict: ClaimVerdict }) {
  return (
    <span class={`claim-verdict ${verdict}`}>
      <svg width="11" height="11" viewBox="-6 -6 12 12" aria-hidden="true">
        <path d={STROKES[verdict]} />
      </svg>{' '}
      {verdictWords(verdict)}
    </span>
  );
}
