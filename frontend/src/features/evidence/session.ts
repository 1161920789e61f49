import { significant } from '../../lib/format';

/** What a worker told about one attempt: free facts, by name; null is what the host does not tell. */
export type SessionFacts = Readonly<Record<string, unknown>>;

export interface Findings {
  faults: string[];
  warnings: string[];
}

/** Parts of a session that have a place of their own on the page. */
const ELSEWHERE = ['groups'];

const isObject = (value: unknown): value is SessionFacts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** What the checks of the host before and after found, each said once. */
export function findingsOf(session: SessionFacts): Findings {
  const checks = Object.values(session).filter(isObject);
  const all = (kind: string) => [...new Set(checks.flatMap((check) => strings(check[kind])))];
  return { faults: all('faults'), warnings: all('warnings') };
}

/** Facts as names and words, one line each, in the order in which they were told. */
export function factsOf(session: SessionFacts): [name: string, words: string][] {
  return Object.entries(session)
    .filter(([name]) => !ELSEWHERE.includes(name))
    .map(([name, value]): [string, string] => [title(name), words(withoutFindings(value))])
    .filter(([, said]) => said !== '');
}

/** What the session says of one comparison group. */
export function groupFacts(session: SessionFacts, group: number): [string, string][] {
  const told = Array.isArray(session.groups) ? session.groups.filter(isObject) : [];
  const own = told.find((one) => one.group === group);
  if (!own) return [];
  return Object.entries(own)
    .filter(([name]) => name !== 'group')
    .map(([name, value]): [string, string] => [title(name), words(value)]);
}

function withoutFindings(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== 'faults' && name !== 'warnings'),
  );
}

const title = (name: string) => name.replaceAll('_', ' ');

function words(value: unknown): string {
  if (value === null || value === undefined) return 'not told by the host';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : significant(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(words).join(', ');
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, one]) => `${title(name)} ${isObject(one) ? `(${words(one)})` : words(one)}`)
      .join(', ');
  }
  return String(value);
}
