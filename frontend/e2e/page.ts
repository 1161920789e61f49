import { test as base, expect } from '@playwright/test';

/** An empty queue may take this long to give its first answer. */
export const FIRST_ANSWER = 150_000;

/** A page that fails its test when the browser reports an error: a script's, or the policy's. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await use(page);
    expect(errors, 'errors on the console').toEqual([]);
  },
});

export { expect };
