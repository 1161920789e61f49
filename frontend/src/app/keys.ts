import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';

/** Pages of the rail with the key that follows g. */
export const PAGES = [
  { path: '/', title: 'Overview', key: 'o' },
  { path: '/runs', title: 'Runs', key: 'r' },
  { path: '/compare', title: 'Compare', key: 'v' },
  { path: '/scaling', title: 'Scaling', key: 'x' },
  { path: '/queue', title: 'Queue', key: 'q' },
  { path: '/schedules', title: 'Schedules', key: 's' },
  { path: '/submit', title: 'New run', key: 'n' },
  { path: '/claims', title: 'Claims', key: 'l' },
  { path: '/imports', title: 'Imports', key: 'm' },
  { path: '/catalogue', title: 'Catalogue', key: 'c' },
  { path: '/hosts', title: 'Hosts', key: 'h' },
  { path: '/webhooks', title: 'Webhooks', key: 'w' },
  { path: '/instrument', title: 'Instrument', key: 'i' },
] as const;

/** How long g waits for its second key, in milliseconds. */
const PATIENCE = 1_200;

const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, select, textarea') !== null;

/** Keys that work on every page, except while somebody types. */
export function useKeys(showSheet: () => void): void {
  const { route } = useLocation();
  const pressedG = useRef(-Infinity);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey) return;
      const follows = event.timeStamp - pressedG.current < PATIENCE;
      const page = follows ? PAGES.find(({ key }) => key === event.key) : undefined;
      pressedG.current = event.key === 'g' ? event.timeStamp : -Infinity;
      if (page) route(page.path);
      else if (event.key === '?') showSheet();
      else if (event.key === 'y') void navigator.clipboard?.writeText(location.href);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [route, showSheet]);
}
