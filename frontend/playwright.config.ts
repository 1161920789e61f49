import { defineConfig } from '@playwright/test';

/** Chromium's own traffic and a sandbox that root cannot have are switched off. */
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The server is started by whoever starts the tests; LANES_URL says where it is. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: process.env.LANES_URL ?? 'http://localhost:8080',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.LANES_CHROMIUM ?? '/usr/bin/chromium',
      args,
    },
  },
});
