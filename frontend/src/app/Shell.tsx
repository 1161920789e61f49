import { ErrorBoundary, lazy, Route, Router } from 'preact-iso';
import { useCallback, useRef, useState } from 'preact/hooks';
import { KeySheet } from './KeySheet';
import { useKeys } from './keys';
import { NotFound } from './NotFound';
import { Outdated } from './Outdated';
import { CrashBoundary } from './CrashBoundary';
import { Rail } from './Rail';

/** A page's script is missing when the server was renewed after this tab was opened. */
const orOutdated = () => Outdated;
const Overview = lazy(() => import('./routes/overview').catch(orOutdated));
const Runs = lazy(() => import('./routes/runs').catch(orOutdated));
const Compare = lazy(() => import('./routes/compare').catch(orOutdated));
const Scaling = lazy(() => import('./routes/scaling').catch(orOutdated));
const Queue = lazy(() => import('./routes/queue').catch(orOutdated));
const RunDetail = lazy(() => import('./routes/run').catch(orOutdated));
const CellDetail = lazy(() => import('./routes/cell').catch(orOutdated));
const Schedules = lazy(() => import('./routes/schedules').catch(orOutdated));
const Submit = lazy(() => import('./routes/submit').catch(orOutdated));
const Claims = lazy(() => import('./routes/claims').catch(orOutdated));
const ClaimDetail = lazy(() => import('./routes/claim').catch(orOutdated));
const Imports = lazy(() => import('./routes/imports').catch(orOutdated));
const Webhooks = lazy(() => import('./routes/webhooks').catch(orOutdated));
const Catalogue = lazy(() => import('./routes/catalogue').catch(orOutdated));
const Hosts = lazy(() => import('./routes/hosts').catch(orOutdated));
const HostDetail = lazy(() => import('./routes/host').catch(orOutdated));
const Instrument = lazy(() => import('./routes/instrument').catch(orOutdated));

/** What every page stands in. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
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
      <main id="main" ref={main} tabIndex={-1}>
        <CrashBoundary>
          <ErrorBoundary>
            <Router onRouteChange={() => main.current?.focus({ preventScroll: true })}>
              <Route path="/" component={Overview} />
              <Route path="/runs" component={Runs} />
              <Route path="/runs/:id" component={RunDetail} />
              <Route path="/cells/:id" component={CellDetail} />
              <Route path="/compare" component={Compare} />
              <Route path="/scaling" component={Scaling} />
              <Route path="/queue" component={Queue} />
              <Route path="/schedules" component={Schedules} />
              <Route path="/submit" component={Submit} />
              <Route path="/claims" component={Claims} />
              <Route path="/claims/:id" component={ClaimDetail} />
              <Route path="/imports" component={Imports} />
              <Route path="/webhooks" component={Webhooks} />
              <Route path="/catalogue" component={Catalogue} />
              <Route path="/hosts" component={Hosts} />
              <Route path="/hosts/:name" component={HostDetail} />
              <Route path="/instrument" component={Instrument} />
              <Route default component={NotFound} />
            </Router>
          </ErrorBoundary>
        </CrashBoundary>
      </main>
      <KeySheet open={keysOpen} onClose={hideKeys} />
    </div>
  );
}
