import { expect, FIRST_ANSWER, test } from './page';

test('a run leads to how it scales, or to what it lacks for that', async ({ page }) => {
  test.setTimeout(FIRST_ANSWER + 30_000);
  await page.goto('/');
  const found = page.locator('section', { hasText: 'What was found' });
  await expect(found).toBeVisible({ timeout: FIRST_ANSWER });
  await found.getByRole('link').first().click();
  await page.getByRole('main').getByRole('link', { name: 'Scaling', exact: true }).click();

  await expect(page).toHaveURL(/\/scaling\?run=[0-9a-f-]{36}$/);
  await expect(page.getByText(/no model with several numbers of workers/)).toBeVisible();
  await expect(page.getByText(/no axis of numbers with three values/)).toBeVisible();
});

test('the pages of scaling and imports fit a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const path of ['/scaling', '/imports']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider, path).toBeLessThanOrEqual(0);
  }
});
