import { expect, test } from './page';

test('keys lead from page to page', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1, name: 'New run' })).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { level: 1, name: 'Instrument' })).toBeVisible();

  await page.goBack();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
});

test('the sheet of keys opens on ? and closes on Escape', async ({ page }) => {
  await page.goto('/runs');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});

test('typing in a field starts no key', async ({ page }) => {
  await page.goto('/submit');
  await page.getByRole('textbox', { name: 'name', exact: true }).fill('');
  await page.getByRole('textbox', { name: 'name', exact: true }).pressSequentially('go?');
  await expect(page).toHaveURL(/\/submit$/);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the form counts its cells', async ({ page }) => {
  await page.goto('/submit');
  const count = page.locator('.big-number b');
  const before = Number(await count.textContent());
  await page.getByRole('textbox', { name: 'tasks', exact: true }).fill('1, 10, 100');
  await expect(count).toHaveText(String(before * 3));
});

test('the colour scheme outlives the page', async ({ page }) => {
  await page.goto('/runs');
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('an unknown address says so', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { level: 1, name: 'No such page' })).toBeVisible();
});

test('the first tab stop skips the navigation', async ({ page }) => {
  await page.goto('/runs');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
