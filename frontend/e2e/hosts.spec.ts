import { expect, test } from './page';

test('a host tells what it is and what happened to it', async ({ page }) => {
  await page.goto('/hosts');
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
  const profiles = page.getByRole('region', { name: 'Hardware profiles' });
  await expect(profiles.getByRole('row', { name: /^any/ })).toBeVisible();
  const hosts = page.getByRole('region', { name: 'Hosts' });
  await hosts.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/hosts\/[\w.-]+$/);
  await expect(page.getByRole('heading', { name: 'Environment' })).toBeVisible();
  await expect(page.getByText('first seen').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Interpreters' })).toBeVisible();
});

test('a host page fits a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 800 });
  await page.goto('/hosts');
  const hosts = page.getByRole('region', { name: 'Hosts' });
  await hosts.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Environment' })).toBeVisible();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});
