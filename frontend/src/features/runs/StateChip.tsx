import type { RunSummary } from '../../lib/api';

const MARKS: Record<RunSummary['state'], string> = {
  queued: '…',
  running: '▸',
  completed: '✓',
  cancelled: '–',
};

/** A run's state, by mark and word. */
export function StateChip({ run: { state } }: { run: Pick<RunSummary, 'state'> }) {
  return (
    <span class={`state ${state}`}>
      <span aria-hidden="true">{MARKS[state]}</span> {state}
    </span>
  );
}
