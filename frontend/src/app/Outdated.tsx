import { Page } from '../components/Page';

/** Stands in for a page whose script could not be loaded. */
export function Outdated() {
  return (
    <Page
      title="This page could not be loaded"
      lead="The server does not answer, or it was renewed since this tab was opened."
    >
      <p>
        <button type="button" class="button" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </Page>
  );
}
