import { Page } from '../components/Page';

export function NotFound() {
  return (
    <Page title="No such page" lead="The address may be old, or mistyped.">
      <p>
        <a class="button" href="/">
          Back to the overview
        </a>
      </p>
    </Page>
  );
}
