import { useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'auto' | 'dark';

const KEY = 'theme';

/** The chosen colour scheme, kept in this browser; public/theme.js applies it before first paint. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(
    () => (document.documentElement.dataset.theme as Theme | undefined) ?? 'auto',
  );
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'auto') delete dataset.theme;
    else dataset.theme = theme;
    try {
      if (theme === 'auto') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // Storage may be blocked; the choice then lasts as long as this page.
    }
  }, [theme]);
  return [theme, setTheme];
}
