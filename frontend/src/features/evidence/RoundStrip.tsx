import { useState } from 'preact/hooks';
import type { RoundEvidence } from '../../lib/api';
import { counted, quantity } from '../../lib/format';

/** A square per round, hollow when dirty; a dirty one says why when it is pointed at. */
export function RoundStrip({ rounds, label }: { rounds: readonly RoundEvidence[]; label: string }) {
  const [pointed, setPointed] = useState<RoundEvidence | null>(null);
  const dirty = rounds.filter(isDirty).length;
  return (
    <div onMouseLeave={() => setPointed(null)}>
      <ol
        class="rounds"
        aria-label={`${label}, ${dirty} of ${counted(rounds.length, 'round')} dirty`}
      >
        {rounds.map((round) => (
          <li key={round.round} onMouseEnter={() => setPointed(round)}>
            {isDirty(round) ? (
              <button
                type="button"
                class="dirty"
                aria-label={wordsOf(round)}
                onFocus={() => setPointed(round)}
                onBlur={() => setPointed(null)}
                onClick={() => setPointed(round)}
              />
            ) : (
              <i>
                <span class="hidden">{wordsOf(round)}</span>
              </i>
            )}
          </li>
        ))}
      </ol>
      <p class="quiet pointed" aria-hidden="true">
        {pointed ? wordsOf(pointed) : summary(rounds)}
      </p>
    </div>
  );
}

const isDirty = (round: RoundEvidence) => round.disturbances.length > 0;

const wordsOf = ({ round, seconds, disturbances }: RoundEvidence) =>
  `round ${round}, ${quantity(seconds, 's')}: ${disturbances.length > 0 ? `dirty: ${disturbances.join('; ')}` : 'clean'}`;

function summary(rounds: readonly RoundEvidence[]): string {
  const dirty = rounds.filter(isDirty).length;
  const words = `${dirty} of ${counted(rounds.length, 'round')} dirty`;
  return dirty === 0 ? words : `${words}; point at a hollow square for the reason`;
}
