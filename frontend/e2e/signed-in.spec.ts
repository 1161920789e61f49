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
