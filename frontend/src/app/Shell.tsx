import { ErrorBoundary, lazy, Route, Router } from 'preact-iso';
import { useCallback, useState } from 'preact/hooks';
import { KeySheet } from './KeySheet';
import { useKeys } from './keys';
import { NotFound } from './NotFound';
import { Rail } from './Rail';

const Overview = lazy(() => import('./routes/overview'));
const Runs = lazy(() => import('./routes/runs'));
const RunDetail = lazy(() => import('./routes/run'));
const CellDetail = lazy(() => import('./routes/cell'));
const Submit = lazy(() => import('./routes/submit'));

/** What every page stands in. */
export function Shell() {
  const [keysOpen, setKeysOpen] = useState(false);
  const showKeys = useCallback(() => setKeysOpen(true), []);
  const hideKeys = useCallback(() => setKeysOpen(false), []);
  useKeys(showKeys);
  return (
    <div class="app">
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <Rail showKeys={showKeys} />
      <main id="main" tabIndex={-1}>
        <ErrorBoundary>
          <Router>
            <Route path="/" component={Overview} />
            <Route path="/runs" component={Runs} />
            <Route path="/runs/:id" component={RunDetail} />
            <Route path="/cells/:id" component={CellDetail} />
            <Route path="/submit" component={Submit} />
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </main>
      <KeySheet open={keysOpen} onClose={hideKeys} />
    </div>
  );
}
