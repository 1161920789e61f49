import { useQuery } from '@tanstack/preact-query';
import type { Host } from '../../lib/api';
import { ago, capacity, counted } from '../../lib/format';
import { useNow } from '../../lib/hooks';
import { hostsQuery } from '../../lib/queries';

/** A line per host: whether it is there, what it does, what it is. */
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
          <i class={`host-dot ${host.online ? (host.busy ? 'busy' : 'idle') : 'off'}`} />
          <b>{host.name}</b>
          <span class="quiet">{activity(host, now)}</span>
          <span class="quiet facts">
            {counted(host.cores, 'core')} · {capacity(host.memory_bytes)} · {host.architecture}
          </span>
        </li>
      ))}
    </ul>
  );
}

function activity(host: Host, now: number): string {
  if (!host.online) {
    return host.last_seen_at ? `offline, seen ${ago(host.last_seen_at, now)}` : 'offline';
  }
  const doing = host.busy ? 'busy' : 'idle';
  return host.state === 'active' ? doing : `${doing}, ${host.state}`;
}
