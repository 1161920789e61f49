import type { HostEvent, Profile } from '../../lib/api';
import { capacity, counted } from '../../lib/format';

type Requirements = Pick<Profile, 'cores' | 'cpu' | 'memory_bytes' | 'architecture' | 'labels'>;

/** What a profile asks for, one phrase each; nothing for one that every host fulfils. */
export function requirementsOf(profile: Requirements): string[] {
  const { cores, cpu, memory_bytes: memory, architecture, labels } = profile;
  return [
    cores === null ? null : `${counted(cores, 'core')} or more`,
    cpu === null ? null : `CPU with “${cpu}”`,
    memory === null ? null : `${capacity(memory)} or more`,
    architecture,
    ...Object.entries(labels)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([label, value]) => `${label}=${value}`),
  ].filter((phrase) => phrase !== null);
}

export interface Change {
  key: string;
  /** Null where the host did not tell it. */
  before: string | null;
  after: string | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const fact = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

/** What differs after a changed environment; what is no change is left out. */
export function changesOf({ detail }: Pick<HostEvent, 'detail'>): Change[] {
  const { changes } = detail;
  if (!Array.isArray(changes)) return [];
  return changes
    .filter(isRecord)
    .flatMap(({ key, before, after }) =>
      typeof key === 'string' ? [{ key, before: fact(before), after: fact(after) }] : [],
    );
}

const HAPPENED: Record<HostEvent['kind'], string> = {
  first_seen: 'first seen',
  environment_changed: 'environment changed',
  interpreter_found: 'interpreter found',
  interpreter_gone: 'interpreter gone',
  quarantined: 'quarantined',
  released: 'released',
  draining: 'draining',
  reviewed: 'reviewed and released',
};

/** An event in words: what happened, and to what. */
export function wordsOf({ kind, detail }: Pick<HostEvent, 'kind' | 'detail'>): string {
  const words = HAPPENED[kind];
  const interpreter = fact(detail.interpreter);
  return interpreter === null ? words : `${words}: ${interpreter}`;
}

/** Names of facts in the order in which they are told, with the words for them. */
export const ENVIRONMENT: readonly (readonly [key: string, name: string])[] = [
  ['cpu_model', 'CPU'],
  ['microcode', 'microcode'],
  ['cores', 'usable cores'],
  ['smt_active', 'SMT'],
  ['frequency_driver', 'frequency driver'],
  ['governor', 'governor'],
  ['memory_gib', 'memory in GiB'],
  ['architecture', 'architecture'],
  ['virtualisation', 'virtualisation'],
  ['kernel', 'kernel'],
  ['os', 'system'],
];

const NAMES = new Map(ENVIRONMENT);

/** A fact's name as people say it. */
export const nameOf = (key: string) => NAMES.get(key) ?? key;

/** A fact's value as people say it: SMT is told as a number. */
export function valueOf(key: string, value: string | null | undefined): string {
  if (value === null || value === undefined) return 'not told';
  if (key === 'smt_active') return value === '1' ? 'on' : value === '0' ? 'off' : value;
  return value;
}
