import { expect, test } from './page';

test('what cron means is said while it is typed', async ({ page }) => {
  await page.goto('/schedules?form=new');
  await expect(page.getByRole('heading', { level: 1, name: 'Schedules' })).toBeVisible();
  const form = page.getByRole('form', { name: 'New schedule' });
  await form.getByLabel('time zone').fill('Europe/Berlin');
  await form.getByLabel('cron').fill('30 4 * * MON-FRI');
  await expect(form.getByText('at 04:30 from Monday to Friday')).toBeVisible();
  await expect(form.getByRole('region', { name: 'Next firings' }).getByRole('row')).toHaveCount(6);
});

test('the page of schedules fits a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const path of ['/schedules', '/schedules?form=new']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Schedules', level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider, path).toBeLessThanOrEqual(0);
  }
});
