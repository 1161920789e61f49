import { DataTable } from '../../components/DataTable';
import type { DueTime } from '../../lib/api';
import { inUtc, wallClock } from './schedules';

/** Times at which something is due, on the clock of its zone and in UTC. */
export function DueTimes({ times, zone }: { times: readonly DueTime[]; zone: string }) {
  const there = (time: DueTime) => (
    <time key="local" dateTime={time.local}>
      {wallClock(time.local)}
    </time>
  );
  return zone === 'UTC' ? (
    <DataTable
      label="Next firings"
      columns={[{ title: 'UTC' }]}
      rows={times.map((time) => [there(time)])}
    />
  ) : (
    <DataTable
      label="Next firings"
      columns={[{ title: zone }, { title: 'UTC' }]}
      rows={times.map((time) => [there(time), inUtc(time.due_at)])}
    />
  );
}
