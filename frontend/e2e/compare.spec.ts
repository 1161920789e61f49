import { expect, FIRST_ANSWER, test } from './page';

test('a run leads to its comparison, whose table is in the address', async ({ page }) => {
  test.setTimeout(FIRST_ANSWER + 30_000);
  await page.goto('/');
  const found = page.locator('section', { hasText: 'What was found' });
  await expect(found).toBeVisible({ timeout: FIRST_ANSWER });
  await found.getByRole('link').first().click();
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Compare', exact: true }).click();

  await expect(page).toHaveURL(/\/compare\?run=[0-9a-f-]{36}$/);
  await expect(page.getByRole('region', { name: 'Ratios' })).toBeVisible();
  await expect(main.getByText(/at FDR 5.%/)).toBeVisible();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page.getByRole('region', { name: 'Compared cells' })).toBeVisible();
});
