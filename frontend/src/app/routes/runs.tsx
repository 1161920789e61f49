import { useQuery } from '@tanstack/preact-query';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { RunList } from '../../features/runs/RunList';
import { runsQuery } from '../../lib/queries';
import { text, useUrlState } from '../../lib/url';

const CODECS = { cursor: text() };

/** All runs, newest first, a page at a time. */
export default function Runs() {
  const [{ cursor }, set] = useUrlState(CODECS);
  const query = useQuery(runsQuery(cursor || undefined));
  return (
    <Page
      title="Runs"
      lead="Every submission, newest first"
      actions={
        <a class="button primary" href="/submit">
          New run <kbd>g n</kbd>
        </a>
      }
    >
      <Loaded query={query} height={400}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <p class="card">
                No run yet. <a href="/submit">Submit the first one.</a>
              </p>
            ) : (
              <RunList runs={items} />
            )}
            {next !== null && (
              <p>
                <button type="button" class="button" onClick={() => set({ cursor: next })}>
                  Older runs
                </button>
              </p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
