import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect, test } from './page';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
      }),
    TAGS,
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** Addresses that every server has. */
const FIXED = [
  '/',
  '/runs',
  '/compare',
  '/queue',
  '/schedules',
  '/schedules?form=new',
  '/submit',
  '/claims',
  '/webhooks',
  '/imports',
  '/scaling',
  '/claims/C14',
  '/catalogue',
  '/hosts',
  '/instrument',
  '/nowhere',
];

/** Pages of the newest run that has completed, each by its name: its address is not known before. */
const MEASURED = ['a run', 'the table of a run', 'a cell'] as const;

async function address(page: Page, name: (typeof MEASURED)[number]): Promise<string> {
  const runs = await (await page.request.get('/api/v1/runs?limit=50')).json();
  const measured = runs.items.find((run: { state: string }) => run.state === 'completed');
  expect(measured, 'a run that has completed').toBeDefined();
  const run = `/runs/${measured.id}`;
  switch (name) {
    case 'a run':
      return run;
    case 'the table of a run':
      return `${run}?view=table`;
    case 'a cell': {
      const cells = await (await page.request.get(`/api/v1/runs/${measured.id}/cells`)).json();
      const cell = cells.items.find((one: { rounds: number }) => one.rounds > 0);
      expect(cell, 'a cell with figures').toBeDefined();
      return `/cells/${cell.id}?run=${measured.id}`;
    }
  }
}

/** What is folded away must be accessible too; some of it loads, and folds, only then. */
async function unfold(page: Page) {
  const folded = page.locator('details:not([open])');
  while ((await folded.count()) > 0) {
    await folded.evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
    await page.waitForLoadState('networkidle');
  }
}

async function check(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await unfold(page);
  expect(await violations(page), path).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing in the ${colorScheme} scheme on`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    for (const path of FIXED) {
      test(path, async ({ page }) => check(page, path));
    }
    for (const name of MEASURED) {
      test(name, async ({ page }) => check(page, await address(page, name)));
    }
  });
}
