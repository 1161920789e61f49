import { ago } from '../lib/format';
import { useNow } from '../lib/hooks';

/** Age in milliseconds from which figures that should be live are called stale. */
const STALE = 30_000;

/** How old the figures on screen are; amber once they are older than live figures should be. */
export function Updated({ at, live }: { at: number; live: boolean }) {
  const now = useNow();
  if (at === 0) return null;
  const stale = live && now - at > STALE;
  return <span class={stale ? 'stale' : 'quiet'}>updated {ago(at, now)}</span>;
}
