import { useQuery } from '@tanstack/preact-query';
import type { Host } from '../../lib/api';
import { ago, capacity, counted } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { hostsQuery } from '../../lib/queries';

/** A line per host: whether it is there, and what it is. */
export function Hosts() {
  const { data: hosts } = useQuery(hostsQuery);
  const now = useNow();
  if (!hosts) return null;
  if (hosts.length === 0) {
    return (
      <p class="hosts quiet">No host yet: a run waits until a worker reports to the server.</p>
    );
  }
  return (
    <ul class="hosts" aria-label="Hosts">
      {hosts.map((host) => (
        <li key={host.id} title={host.cpu ?? undefined}>
          <i class={`host-dot ${host.online ? 'on' : 'off'}`} />
          <b>
            <a href={`/hosts/${host.name}`}>{host.name}</a>
          </b>
          <span class="quiet">{activity(host, now)}</span>
          <span class="quiet facts">{facts(host)}</span>
        </li>
      ))}
    </ul>
  );
}

function activity(host: Host, now: number): string {
  if (!host.online) {
    return `offline, seen ${ago(host.last_seen_at, now)}`;
  }
  return host.state === 'active' ? 'online' : `online, ${host.state.replace('_', ' ')}`;
}

function facts({ cores, memory_bytes: memory, architecture }: Host): string {
  const parts = [counted(cores, 'core'), memory === null ? null : capacity(memory), architecture];
  return parts.filter((part) => part !== null).join(' · ');
}
