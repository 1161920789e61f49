import type { SelfTest } from '../../lib/api';
import { significant } from '../../lib/format';

/** What each self-test that comes with Lanes asks; others are shown by their name alone. */
export const QUESTIONS: Record<string, string> = {
  'equal-arms': 'Are two equal programs told to be equal?',
  'injected-slowdown': 'Is a known slowdown found, and its size?',
  'hostile-host': 'Does a disturbed host ever look stable?',
  overhead: 'What does measuring itself cost?',
  'beside-pyperf': 'How fast and how right is pyperf with the same pair?',
  'kill-anything': 'Is anything lost or left running when a process is killed?',
};

/** Self-tests that no host has sent a result of. */
export const missingOf = (tests: readonly SelfTest[]): string[] =>
  Object.keys(QUESTIONS).filter((name) => !tests.some((test) => test.name === name));

/** Figures or parameters as "name value", nested ones joined by a slash. */
export function figuresOf(values: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const name = prefix + key.replaceAll('_', ' ');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return figuresOf(value as Record<string, unknown>, `${name} / `);
    }
    return [`${name} ${said(value)}`];
  });
}

export function said(value: unknown): string {
  if (value === null || value === undefined) return 'not known';
  if (Array.isArray(value)) return `[${value.map(said).join(', ')}]`;
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : significant(value);
  return String(value);
}
