import { expect, test } from './page';

test('the catalogue tells what can be measured, and what runs where', async ({ page }) => {
  await page.goto('/catalogue');
  await expect(page.getByRole('heading', { level: 1, name: 'Catalogue' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /Digits of pi/ })).toBeVisible();
  const row = page.getByRole('row', { name: /^sequential/ });
  await expect(row.getByText('runs').first()).toBeAttached({ timeout: 60_000 });
  await page.getByRole('link', { name: 'measure it' }).first().click();
  await expect(page).toHaveURL(/\/submit\?workload=/);
});
