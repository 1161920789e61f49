import type { Host } from '../../lib/api';
import { standingOf } from './hosts';

/** Whether a host measures, and why not. */
export function Standing({ host }: { host: Pick<Host, 'state' | 'state_reason' | 'online'> }) {
  const { mark, words, stuck } = standingOf(host);
  return (
    <span class="standing">
      <span class={stuck ? 'slower' : host.online ? undefined : 'quiet'}>
        <span aria-hidden="true">{mark}</span> {words}
      </span>
      {host.state_reason !== null && <span class="why quiet">{host.state_reason}</span>}
    </span>
  );
}
