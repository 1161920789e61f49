import { useQuery } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { Segments } from '../components/controls';
import { runsQuery } from '../lib/queries';
import { isLive } from '../lib/runs';
import { PAGES } from './keys';
import { SignedIn } from './SignedIn';
import { useTheme } from './theme';

/** Where one can go, how many runs are live, and the colour scheme. */
export function Rail({ showKeys }: { showKeys: () => void }) {
  const { path } = useLocation();
  const [theme, setTheme] = useTheme();
  const { data: runs } = useQuery(runsQuery());
  const live = runs?.items.filter(isLive).length ?? 0;
  const isCurrent = (page: string) =>
    path === page || (page !== '/' && path.startsWith(`${page}/`));
  return (
    <nav class="rail" aria-label="Main">
      <a class="brand" href="/">
        <Logo />
        Lanes
      </a>
      <ul>
        {PAGES.map((page) => (
          <li key={page.path}>
            <a href={page.path} aria-current={isCurrent(page.path) ? 'page' : undefined}>
              {page.title}
              {page.path === '/runs' && live > 0 && <span class="pill">{live} live</span>}
            </a>
          </li>
        ))}
      </ul>
      <div class="foot">
        <SignedIn />
        <Segments
          label="Colour scheme"
          value={theme}
          options={[
            ['light', 'Light'],
            ['auto', 'Auto'],
            ['dark', 'Dark'],
          ]}
          onPick={setTheme}
        />
        <button type="button" class="keys" onClick={showKeys}>
          Press <kbd>?</kbd> for keys
        </button>
      </div>
    </nav>
  );
}

const Logo = () => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    stroke-width="3"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <path d="M2 17 18 3" stroke="var(--m-ft)" />
    <path d="M2 12.5 18 8" stroke="var(--m-threads)" />
  </svg>
);
