import { expect, test } from './page';

test('the instrument says how often equal programs are told apart, or how to find out', async ({
  page,
}) => {
  await page.goto('/instrument');
  await expect(page.getByRole('heading', { level: 1, name: 'Instrument' })).toBeVisible();
  await expect(page.getByText('An instrument test measures something whose answer')).toBeVisible();
  // A server that has just been installed has no pair yet.
  const figure = page.getByRole('heading', { name: /^Equal programs were told apart in/ });
  const empty = page.getByText('src/bench/run equal-arms').first();
  await expect(figure.or(empty).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Self-tests' })).toBeVisible();
});

test('the history of a self-test has an address', async ({ page }) => {
  await page.goto('/instrument?test=equal-arms');
  await expect(page.getByRole('heading', { name: 'History of equal-arms' })).toBeVisible();
  await page.getByRole('link', { name: 'Close the history' }).click();
  await expect(page).toHaveURL(/\/instrument$/);
  await expect(page.getByRole('heading', { name: 'History of equal-arms' })).toBeHidden();
});

for (const path of ['/catalogue', '/hosts', '/instrument', '/submit', '/runs', '/']) {
  test(`${path} fits a narrow screen`, async ({ page }) => {
    await page.setViewportSize({ width: 400, height: 800 });
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });
}
