// Installs, checks, tests and builds the page into dist/. Does nothing when no input changed since
// the last success, whose digest is kept in dist/.stamp. Needs Node and npm, no browser.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

process.chdir(dirname(fileURLToPath(import.meta.url)));

const STAMP = 'dist/.stamp';
const INSTALLED = 'node_modules/.lanes-lock';
const MANIFEST = 'dist/.vite/manifest.json';
const SKIPPED = new Set(['dist', 'node_modules', 'screenshots', 'test-results']);
/** Most kilobytes (1,000 bytes, gzip) of scripts and styles a visitor may be sent. */
const LIMITS = { shell: 30, page: 65 };

const started = Date.now();
const inputs = digest(files('.'));
if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) {
  console.log('frontend: unchanged since the last build');
  process.exit(0);
}

const lock = digest(['package.json', 'package-lock.json']);
if (!existsSync(INSTALLED) || readFileSync(INSTALLED, 'utf8') !== lock) {
  step('install', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(INSTALLED, lock);
}
for (const script of ['typecheck', 'lint', 'test', 'format:check', 'bundle']) {
  step(script, ['run', '--silent', script]);
}
checkSizes();
writeFileSync(STAMP, inputs);
console.log(`frontend: built in ${((Date.now() - started) / 1000).toFixed(0)} s`);

function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files(path) : [path];
    })
    .sort();
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function step(name, args) {
  console.log(`frontend: ${name}`);
  // npm is a script on Windows, which only a shell can start.
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync('npm', args, { stdio: 'inherit', shell });
  if (status !== 0) {
    fail(
      `${name} failed${error ? ` (${error.message})` : ''}; repeat it with: npm ${args.join(' ')}`,
    );
  }
}

function checkSizes() {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
  const shell = kilobytes(closure(manifest, entry));
  const pages = (manifest[entry].dynamicImports ?? [])
    .map((key) => ({
      page: manifest[key].name,
      size: kilobytes(new Set([...closure(manifest, entry), ...closure(manifest, key)])),
    }))
    .sort((a, b) => b.size - a.size);
  const list = pages.map(({ page, size }) => `${page} ${size.toFixed(1)}`).join(', ');
  console.log(`frontend: KB gzip: shell ${shell.toFixed(1)}; with shell: ${list}`);
  if (shell > LIMITS.shell) fail(`the shell is ${shell.toFixed(1)} KB, more than ${LIMITS.shell}`);
  if (pages[0]?.size > LIMITS.page) fail(`a page is more than ${LIMITS.page} KB`);
  rmSync(dirname(MANIFEST), { recursive: true });
}

/** Scripts and styles that one chunk needs, its static imports included. */
function closure(manifest, key, seen = new Set()) {
  const chunk = manifest[key];
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const style of chunk.css ?? []) seen.add(style);
  for (const next of chunk.imports ?? []) closure(manifest, next, seen);
  return seen;
}

function kilobytes(paths) {
  const sizes = [...paths].map((path) => gzipSync(readFileSync(join('dist', path))).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

function fail(message) {
  console.error(`frontend: ${message}`);
  process.exit(1);
}
