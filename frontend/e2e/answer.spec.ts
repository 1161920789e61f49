import { expect, FIRST_ANSWER, test } from './page';

test.describe('the answer', () => {
  test.beforeEach(async ({ page }) => {
    test.setTimeout(FIRST_ANSWER + 30_000);
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'What was found' })).toBeVisible({
      timeout: FIRST_ANSWER,
    });
  });

  test('stands on the first page, a ratio with its interval', async ({ page }) => {
    const found = page.locator('section', { hasText: 'What was found' });
    const findings = found.getByRole('listitem');
    await expect(findings.first()).toBeVisible();
    // Which sentence it is depends on the machine: only one with a ratio has an interval.
    for (const finding of await findings.allTextContents()) {
      expect(finding).toMatch(/faster|slower|too few rounds|not been measured/);
      if (finding.includes('×')) expect(finding).toMatch(/\[.+, .+\].*, 95\u202f% CI/);
    }
    await expect(page.getByRole('region', { name: 'Matrix of comparisons' })).toBeVisible();
  });

  test('leads to its run, whose matrix has a twin table in the address', async ({ page }) => {
    const run = page.locator('section', { hasText: 'What was found' }).getByRole('link').first();
    const name = (await run.textContent()) ?? '';
    await run.click();
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
    await expect(page.getByRole('progressbar')).toBeVisible();

    await page.getByRole('button', { name: 'Table', exact: true }).click();

    await expect(page).toHaveURL(/\?view=table$/);
    await page.reload();
    const table = page.getByRole('region', { name: 'Comparisons' });
    await expect(table.getByRole('columnheader', { name: /CI$/ })).toBeVisible();
    await expect(table.getByText('baseline').first()).toBeVisible();
  });

  test('can be followed down to its samples', async ({ page }) => {
    const matrix = page.getByRole('region', { name: 'Matrix of comparisons' });
    await matrix
      .getByRole('link', { name: /baseline/ })
      .first()
      .click();

    await expect(page).toHaveURL(/\/cells\/[0-9a-f-]{36}\?run=/);
    await expect(page.getByRole('heading', { name: 'Measures' })).toBeVisible();
    await expect(page.getByRole('img', { name: /samples of/ })).toBeVisible();
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect(page.getByRole('region', { name: /^Samples of/ })).toBeVisible();
  });

  test('says how far its figures can be trusted, and why', async ({ page }) => {
    const found = page.locator('section', { hasText: 'What was found' });
    await found.getByRole('link').first().click();
    const arm = page.locator('.forest .arm:has(summary .quality)').first();
    await expect(arm).toBeVisible();
    await expect(arm.locator('summary .quality')).toHaveText(
      /^\s*(stable|noisy|imprecise|unstable|invalid)$/,
    );
    await expect(page.getByText('the same program twice').first()).toBeVisible();

    // The reasons are there without a mouse.
    if (!(await arm.evaluate((element: HTMLDetailsElement) => element.open))) {
      await arm.locator('summary').focus();
      await page.keyboard.press('Enter');
    }
    await expect(arm.locator('.quality-reasons')).toBeVisible();
    await expect(arm.getByRole('link', { name: /^Every sample of/ })).toBeVisible();
  });

  test('has the evidence of its rounds on demand', async ({ page }) => {
    const found = page.locator('section', { hasText: 'What was found' });
    await found.getByRole('link').first().click();
    await page.getByText('what the host was like while this was measured').click();
    await expect(page.getByRole('list', { name: /of \d+ rounds? dirty$/ }).first()).toBeVisible();
  });

  test('shows its interval to the keyboard, and hides it on Escape', async ({ page }) => {
    await page
      .getByRole('region', { name: 'Matrix of comparisons' })
      .getByRole('link')
      .first()
      .focus();
    await expect(page.locator('.tip')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('.tip')).toBeHidden();
  });
});
