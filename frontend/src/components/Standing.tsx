import type { Host } from '../lib/api';
import { standingOf } from '../lib/standing';

type Standing = Pick<Host, 'state' | 'online'> & Partial<Pick<Host, 'state_reason'>>;

/** Whether a host measures, and why not where that is told. */
export function Standing({ host }: { host: Standing }) {
  const { mark, words, stuck } = standingOf(host);
  return (
    <span class="standing">
      <span class={stuck ? 'slower' : host.online ? undefined : 'quiet'}>
        <span aria-hidden="true">{mark}</span> {words}
      </span>
      {host.state_reason && <span class="why quiet">{host.state_reason}</span>}
    </span>
  );
}
