import { expect, test } from './page';

/** The link from the server's log; without it nobody can sign in. */
const link = process.env.LANES_SIGN_IN ?? '';

test.skip(link === '', 'LANES_SIGN_IN is not set');

/** A worker that has begun hears of the end between two rounds. */
const ROUND = 60_000;

test('a run can be queued and cancelled by whoever has the link from the log', async ({ page }) => {
  test.setTimeout(2 * ROUND);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await page.goto('/submit');
  await page.getByRole('textbox', { name: 'name', exact: true }).fill('from the browser');
  await page.getByRole('button', { name: /^Queue \d+ cells?$/ }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name: 'from the browser' })).toBeVisible();

  await page.getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByRole('button', { name: 'Cancel run' })).toBeHidden({
    timeout: ROUND,
  });
  await expect(page.getByText('cancelled').first()).toBeVisible();
});

test('the nightly suite is switched on by one click, and off again', async ({ page }) => {
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await page.goto('/schedules');
  await page.getByRole('button', { name: 'Run the nightly suite every night' }).click();
  const row = page
    .getByRole('region', { name: 'Schedules' })
    .getByRole('row', { name: /^nightly/ });
  await expect(row.getByText('at 02:00 every day')).toBeVisible();
  await expect(page.getByRole('button', { name: /every night/ })).toBeHidden();

  await row.getByRole('button', { name: /^Pause/ }).click();
  await expect(row.getByText('paused', { exact: true })).toBeVisible();
  await row.getByRole('button', { name: /^Delete/ }).click();
  await row.getByRole('button', { name: /^Really delete/ }).click();
  await expect(page.getByText('Nothing is repeated yet')).toBeVisible();
});

test('a file of pyperf is looked at, imported, compared and deleted', async ({ page }) => {
  const folder = '../src/test/resources/exchange/';
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await page.goto('/imports');
  const chooser = page.locator('input[type=file]');
  await chooser.setInputFiles(`${folder}talk-bm_parallel_20.json`);
  await expect(page.getByText(/3 benchmarks of pyperf/)).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page).toHaveURL(/show=[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { name: 'talk-bm_parallel_20.json' })).toBeVisible();

  await chooser.setInputFiles(`${folder}talk-test3.json`);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'talk-test3.json' })).toBeVisible();
  await page.getByLabel('Compare with').selectOption({ label: 'talk-bm_parallel_20.json' });
  await expect(page).toHaveURL(/against=[0-9a-f-]{36}/);
  await expect(page.getByText(/Unpaired: what the hosts did/)).toBeVisible();

  for (const name of ['talk-test3.json', 'talk-bm_parallel_20.json']) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('button', { name: /^Really delete/ }).click();
    await expect(page.getByRole('link', { name, exact: true })).toBeHidden();
  }
  await expect(page.getByText('Nothing has been imported yet')).toBeVisible();
});

test('an administrator can have an address told', async ({ page }) => {
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await page.goto('/webhooks');
  await expect(page.getByRole('heading', { name: 'New webhook' })).toBeVisible();
  await expect(page.getByText('Nobody is told anything yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make', exact: true })).toBeDisabled();
});
