import type { RunSpec } from './api';

/** The token's file on the server's machine; the page never sees the token itself. */
const TOKEN = '$(cat "${LANES_HOME:-$HOME/.lanes}/token")';

/** A line for a POSIX shell on the server's machine that submits the run. */
export function curl(spec: RunSpec, origin: string): string {
  const json = JSON.stringify(spec).replaceAll("'", "'\\''");
  return [
    `curl -sS ${origin}/api/v1/runs`,
    `-H "Authorization: Bearer ${TOKEN}"`,
    "-H 'Content-Type: application/json'",
    `-d '${json}'`,
  ].join(' \\\n  ');
}

/** A line that reads what the page shows. */
export const curlGet = (address: string, origin: string) =>
  [`curl -sS '${origin}${address}'`, `-H "Authorization: Bearer ${TOKEN}"`].join(' \\\n  ');

/** A line that queues a suite. */
export const curlSuite = (name: string, origin: string) =>
  [
    `curl -sS -X POST ${origin}/api/v1/suites/${name}/runs`,
    `-H "Authorization: Bearer ${TOKEN}"`,
  ].join(' \\\n  ');
