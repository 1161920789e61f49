import { expect, test } from './page';

test('the queue tells what every host does and what waits', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await expect(page).toHaveURL(/\/queue$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Queue' })).toBeVisible();
  const hosts = page.getByRole('region', { name: 'Now' });
  await expect(hosts.getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Next' })).toBeVisible();
});
