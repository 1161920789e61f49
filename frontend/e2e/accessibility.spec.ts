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

/** The newest run with figures, and one of its cells, as addresses. */
async function addresses(page: Page): Promise<string[]> {
  const runs = await (await page.request.get('/api/v1/runs?limit=50')).json();
  const measured = runs.items?.find(
    (run: { progress: { cells_done: number } }) => run.progress.cells_done > 0,
  );
  if (!measured) return [];
  const cells = await (await page.request.get(`/api/v1/runs/${measured.id}/cells`)).json();
  const cell = cells.items.find((one: { rounds: number }) => one.rounds > 0);
  const run = `/runs/${measured.id}`;
  return [run, `${run}?view=table`, ...(cell ? [`/cells/${cell.id}?run=${measured.id}`] : [])];
}

/** What is folded away must be accessible too; some of it loads, and folds, only then. */
async function unfold(page: Page) {
  const folded = page.locator('details:not([open])');
  while ((await folded.count()) > 0) {
    await folded.first().evaluate((details: HTMLDetailsElement) => (details.open = true));
    await page.waitForLoadState('networkidle');
  }
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${scheme} scheme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const path of [
      '/',
      '/runs',
      '/submit',
      '/catalogue',
      '/instrument',
      '/nowhere',
      ...(await addresses(page)),
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await unfold(page);
      expect(await violations(page), path).toEqual([]);
    }
  });
}
