import { DataTable } from '../../components/DataTable';
import type { Host } from '../../lib/api';
import { ago, capacity, dateTime } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { Chips } from './Chips';
import { Standing } from '../../components/Standing';

const COLUMNS = [
  { title: 'Host' },
  { title: 'State' },
  { title: 'Profiles' },
  { title: 'Cores', number: true },
  { title: 'CPU' },
  { title: 'Memory', number: true },
  { title: 'Interpreters', number: true },
  { title: 'Seen', number: true },
];

/** Every host with what it is and whether it measures. */
export function HostTable({ hosts }: { hosts: readonly Host[] }) {
  const now = useNow();
  return (
    <section class="card">
      <h2>Hosts</h2>
      <p class="subtitle">machines with a worker; only active ones are given work</p>
      {hosts.length === 0 ? (
        <p>No host has reported yet. Start a worker; it appears here by itself.</p>
      ) : (
        <DataTable
          label="Hosts"
          columns={COLUMNS}
          rows={hosts.map((host) => [
            <a key="name" href={`/hosts/${host.name}`}>
              {host.name}
            </a>,
            <Standing key="state" host={host} />,
            <Chips key="profiles" words={host.profiles} none="none" />,
            host.cores,
            host.cpu ?? <span class="quiet">not told</span>,
            host.memory_bytes === null ? (
              <span class="quiet">not told</span>
            ) : (
              capacity(host.memory_bytes)
            ),
            host.interpreters,
            <time key="seen" dateTime={host.last_seen_at} title={dateTime(host.last_seen_at)}>
              {ago(host.last_seen_at, now)}
            </time>,
          ])}
        />
      )}
    </section>
  );
}
