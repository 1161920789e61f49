import { QueryClient, QueryClientProvider } from '@tanstack/preact-query';
import { render } from 'preact';
import { LocationProvider } from 'preact-iso';
import { Shell } from './Shell';
import '../styles/index.css';

const client = new QueryClient({
  // Missing or refused things do not come back by asking again; Retry is there for the rest.
  defaultOptions: { queries: { staleTime: 1_000, retry: false } },
});

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element with the id "app"');
render(
  <QueryClientProvider client={client}>
    <LocationProvider>
      <Shell />
    </LocationProvider>
  </QueryClientProvider>,
  root,
);
