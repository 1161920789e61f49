import { DataTable } from '../../components/DataTable';
import type { RoundEvidence, Sample } from '../../lib/api';
import { counted, quantity } from '../../lib/format';
import { dirtyOf, noiseOf } from './rounds';

const COLUMNS = [
  { title: 'Round' },
  { title: 'Waited for a processor', number: true },
  { title: 'Preempted', number: true },
  { title: 'CPU while parked', number: true },
  { title: 'Disturbances' },
];

interface Props {
  samples: readonly Sample[];
  rounds: readonly RoundEvidence[];
}

/** What disturbed a cell, round by round; folded away. */
export function CellRounds({ samples, rounds }: Props) {
  const noise = noiseOf(samples);
  const numbers = [...new Set([...noise, ...rounds].map(({ round }) => round))];
  if (numbers.length === 0) return null;
  const rows = numbers
    .sort((a, b) => a - b)
    .map((number) => {
      const own = noise.find(({ round }) => round === number);
      const told = rounds.find(({ round }) => round === number)?.disturbances;
      return [
        number,
        seconds(own?.waited),
        own?.preempted == null ? '–' : own.preempted.toLocaleString('en-US'),
        seconds(own?.parked),
        told === undefined ? '–' : told.length === 0 ? 'clean' : `dirty: ${told.join('; ')}`,
      ];
    });
  return (
    <details class="card">
      <summary>
        Noise by round: {counted(dirtyOf(rounds).size, 'dirty round')} of {numbers.length}
      </summary>
      <DataTable label="Noise by round" columns={COLUMNS} rows={rows} />
    </details>
  );
}

const seconds = (value: number | null | undefined) =>
  value == null ? '–' : value === 0 ? '0' : quantity(value, 's');
