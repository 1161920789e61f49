// Pictures of every page in screenshots/: light, dark, and 400 px wide.
//   LANES_URL=http://localhost:8080 npm run screenshots
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';

const base = process.env.LANES_URL ?? 'http://localhost:8080';
const prefix = process.env.LANES_SCREENSHOTS ?? '';
const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 400, height: 800 } },
];

const get = async (path) => (await fetch(new URL(`/api/v1${path}`, base))).json();
const { items: runs = [] } = await get('/runs?limit=50');
const pages = {
  overview: '/',
  runs: '/runs',
  compare: '/compare',
  scaling: '/scaling',
  imports: '/imports',
  webhooks: '/webhooks',
  queue: '/queue',
  schedules: '/schedules',
  'schedule-new': '/schedules?form=new',
  submit: '/submit',
  claims: '/claims',
  claim: '/claims/C14',
  catalogue: '/catalogue',
  hosts: '/hosts',
  instrument: '/instrument',
  missing: '/nowhere',
};
const { items: schedules = [] } = await get('/schedules');
if (schedules[0]) pages.schedule = `/schedules?schedule=${schedules[0].id}`;
const { items: hosts = [] } = await get('/hosts');
if (hosts[0]) pages.host = `/hosts/${hosts[0].name}`;
const live = runs.find((run) => run.state === 'running');
const done = runs.find((run) => run.state === 'completed');
const before = runs.filter((run) => run.state === 'completed')[1];
if (done && before) pages['compare-runs'] = `/compare?run=${done.id}&against=${before.id}`;
if (live) pages['run-live'] = `/runs/${live.id}`;
if (done) {
  const { items: cells } = await get(`/runs/${done.id}/cells`);
  const cell = cells.find(({ rounds }) => rounds > 0);
  const broken = cells.find(({ evidence }) => evidence !== null);
  pages.run = `/runs/${done.id}`;
  pages['run-table'] = `/runs/${done.id}?view=table`;
  if (cell) pages.cell = `/cells/${cell.id}?run=${done.id}`;
  if (broken) pages['cell-failed'] = `/cells/${broken.id}?run=${done.id}`;
}

mkdirSync('screenshots', { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.LANES_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
for (const { name, ...look } of LOOKS) {
  const page = await browser.newPage({ ...look, baseURL: base, reducedMotion: 'reduce' });
  for (const [title, path] of Object.entries(pages)) {
    await page.goto(path, { waitUntil: 'networkidle' });
    const file = `screenshots/${prefix}${title}-${name}.png`;
    await page.screenshot({ path: file, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    console.log(wide > 0 ? `${file}: ${wide} px wider than the window` : file);
  }
  await page.close();
}
await browser.close();
