// Serves dist/ and MADE-UP data in the shapes of the API, to look at the page without the server.
//   node e2e/fixture-server.mjs [scenario] [port]      scenarios: full, done, first, transfer, empty, broken
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as catalogue from './fixtures/catalogue.mjs';
import { comparisonOf, evidenceOf, samplesOf } from './fixtures/cells.mjs';
import { instrumentOf, selfTests } from './fixtures/instrument.mjs';
import { scenarios } from './fixtures/runs.mjs';
import { firings, preview, schedules } from './fixtures/schedules.mjs';
import { transfersOf } from './fixtures/transfers.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const [scenario = 'full', port = '4173'] = process.argv.slice(2);
const known = scenarios[scenario] ?? [];
const page = (items) => ({ status: 200, body: { items, next: null } });
const problem = (status, title, detail, errors = []) => ({
  status,
  body: { type: 'about:blank', title, status, detail, code: 'made_up', errors },
});

function api(method, url, body) {
  if (scenario === 'broken') {
    return problem(503, 'The database does not answer', 'A made-up problem, to show this state.');
  }
  const [kind, id, part] = url.pathname.slice('/api/v1/'.length).split('/');
  if (kind === 'session') return { status: 200, body: { name: 'made up', role: 'admin' } };
  if (kind === 'live') return page(known.length === 0 ? [] : catalogue.hosts.map(liveOf));
  if (kind === 'queue') return { status: 200, body: queueOf() };
  if (kind === 'hosts' && id) {
    const host = catalogue.hosts.find(({ name }) => name === id);
    return host
      ? { status: 200, body: catalogue.hostOf(host) }
      : problem(404, 'Not found', `There is no host "${id}".`);
  }
  if (kind === 'schedules') {
    if (id === 'preview') return { status: 200, body: preview() };
    if (part === 'firings') return page(firings);
    return page(known.length === 0 ? [] : schedules);
  }
  if (catalogue[kind]) return page(catalogue[kind]);
  if (kind === 'runs' && !id && method === 'POST') return submit(body);
  if (kind === 'runs' && id === 'preview') return { status: 200, body: previewOf(body) };
  if (kind === 'runs' && !id) return page(known.map(({ run }) => run));
  const found = known.find(({ run }) => run.id === (id ?? url.searchParams.get('run')));
  if (kind === 'instrument') {
    if (id !== 'self-tests') return { status: 200, body: instrumentOf(scenario) };
    return page(selfTests.filter(({ name }) => name === url.searchParams.get('name')));
  }
  if (kind === 'cells') {
    const cell = known.flatMap(({ cells }) => cells).find((one) => one.id === id);
    if (!cell) return problem(404, 'No such cell', `No cell has the id ${id}.`);
    return part === 'samples' ? page(samplesOf(cell)) : { status: 200, body: cell };
  }
  if (!found) return problem(404, 'No such run', `No run has the id ${id}.`);
  if (kind === 'comparisons') {
    const query = Object.fromEntries(url.searchParams);
    const other = known.find(({ run }) => run.id === query.against);
    return {
      status: 200,
      body: comparisonOf(
        found.run.id,
        found.cells,
        query.baseline,
        query.measure,
        query.against,
        other?.cells,
      ),
    };
  }
  if (kind === 'transfers') return { status: 200, body: transfersOf(found.run.id, found.cells) };
  if (part === 'cells') return page(found.cells);
  if (part === 'evidence') return page(evidenceOf(found.cells));
  return { status: part === 'cancellation' ? 202 : 200, body: found.run };
}

function liveOf({ name, state, online, last_seen_at }) {
  const run = known.map((one) => one.run).find((one) => one.state === 'running' && online);
  const measuring = run && {
    acknowledged: true,
    attempt: 1,
    cells_done: run.progress.cells_done,
    cells_total: run.progress.cells_total,
    current: run.progress.current,
    fence: 12,
    owner: 'made up',
    profile: 'any',
    run: run.id,
    run_name: run.name,
    seconds_left: run.progress.seconds_left,
    since: run.started_at,
  };
  return { host: name, state, online, last_seen_at, measuring: measuring ?? null };
}

function queueOf() {
  const waiting = known.map(({ run }) => run).filter(({ state }) => state === 'queued');
  const items = waiting.map((run, index) => ({
    job: run.id,
    run: run.id,
    run_name: run.name,
    owner: 'made up',
    profile: 'any',
    priority: 0,
    position: index + 1,
    waiting_since: run.created_at,
    reason: run.queue?.reason ?? 'a worker takes it within seconds',
  }));
  return { items, total: items.length, next: null };
}

function previewOf({ matrix }) {
  const cells = Object.values(matrix).reduce((product, values) => product * values.length, 1);
  const past = { jobs: 7, lowest_ratio: 0.84, median_ratio: 1.02, highest_ratio: 1.31 };
  return {
    cells,
    controls: 2,
    jobs: 1,
    groups: 1,
    unsupported: [],
    estimate: { seconds: 14 * cells, most_seconds: 600, groups_known: 1, past },
  };
}

function submit(spec) {
  const index = spec.matrix.digits?.findIndex((digits) => !(digits >= 1 && digits <= 20000));
  if (index >= 0) {
    return problem(422, 'The run cannot be queued', 'One value breaks a rule.', [
      { pointer: `/matrix/digits/${index}`, detail: 'digits must lie between 1 and 20000.' },
    ]);
  }
  return { status: 202, body: known[0].run };
}

async function file(path) {
  const name = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const target = extname(name) === '' ? 'index.html' : name;
  return { type: TYPES[extname(target)], content: await readFile(join(DIST, target)) };
}

createServer(async (request, response) => {
  // The policy that the real server sends: the page must live within it.
  response.setHeader('Content-Security-Policy', "default-src 'self'");
  const url = new URL(request.url, 'http://localhost');
  try {
    if (url.pathname.startsWith('/api/')) {
      let text = '';
      for await (const chunk of request) text += chunk;
      const { status, body } = api(request.method, url, text && JSON.parse(text));
      const kind = status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'Content-Type': kind }).end(JSON.stringify(body));
    } else {
      const { type, content } = await file(url.pathname);
      response.writeHead(200, { 'Content-Type': type }).end(content);
    }
  } catch (error) {
    response.writeHead(404).end(String(error));
  }
}).listen(Number(port), '127.0.0.1', () => {
  console.log(`made-up data, scenario ${scenario}: http://127.0.0.1:${port}`);
});
