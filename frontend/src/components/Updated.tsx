import { ago } from '../lib/format';
import { useNow } from '../lib/hooks';

/** Age in milliseconds from which figures that should be live are called stale. */
const STALE = 30_000;

/** How old the state on screen is; amber once it is older than a live one should be. */
export function Updated({ at }: { at: number }) {
  const now = useNow();
  if (at === 0) return null;
  const stale = now - at > STALE;
  return <span class={stale ? 'stale' : 'quiet'}>updated {ago(at, now)}</span>;
}
