import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { ComparisonEntry, ComparisonGroup } from '../../lib/api';
import { aComparison, anEntry } from './comparison.fixture';
import { ForestGroup } from './ForestGroup';

afterEach(cleanup);

function show(entries: ComparisonEntry[], rest: Partial<ComparisonGroup> = {}) {
  const comparison = aComparison(...entries);
  const [group] = comparison.groups;
  if (!group) throw new Error('the fixture has one group');
  return render(
    <ForestGroup
      title="pi, 200 digits"
      group={{ ...group, ...rest }}
      comparison={comparison}
      nameOf={(model) => `The ${model}`}
    />,
  );
}

const plain = (element: Element | null | undefined) =>
  element?.textContent?.replaceAll('\u202f', ' ');
const row = (name: string) => screen.getByText(name).closest('details');

it('says quality by word and shape, and its reasons when opened', () => {
  const quality_reasons = ['equal arms differ by up to ±3.1 %'];
  show([anEntry('threads', { quality: 'noisy', quality_reasons })]);
  const threads = row('The threads');
  const chip = threads?.querySelector('summary .quality');
  expect(chip?.textContent?.trim()).toBe('noisy');
  expect(chip?.querySelector('svg')).toBeTruthy();
  expect(chip?.getAttribute('title')).toContain('equal arms differ by up to ±3.1 %');
  expect(threads?.querySelector('li')?.textContent).toBe('equal arms differ by up to ±3.1 %');
});

it('strikes an invalid figure through and shows the reason at once', () => {
  const quality_reasons = ['the host changed'];
  show([anEntry('threads', { quality: 'invalid', quality_reasons, verdict: 'unknown' })]);
  const threads = row('The threads');
  expect(threads?.querySelector('s')?.textContent).toBe('2.00×');
  expect(threads?.open).toBe(true);
  expect(threads?.querySelector('li')?.textContent).toBe('the host changed');
  expect(threads?.textContent).not.toContain('faster');
});

it('says how many rounds an open question needs', () => {
  show([anEntry('threads', { verdict: 'unknown', matters: false, rounds_needed: 30 })]);
  expect(plain(row('The threads')?.querySelector('.arm-words'))).toBe(
    'no clear difference, needs ≈ 30 rounds',
  );
});

it('has the adjusted p, the sum of times and clean rounds that answer otherwise', () => {
  const clean = { ratio: 0.99, ci_low: 0.9, ci_high: 1.1, rounds: 9 };
  show([anEntry('threads', { total_ratio: 0.8, clean })]);
  const words = plain(row('The threads')?.querySelector('.arm-detail')) ?? '';
  expect(words).toContain('p = 0.0020');
  expect(words).toContain('speed 1.25× by the sum of all turns');
  expect(words).toContain('over 9 rounds alone: not the same answer');
});

it('shows the placebo as what it is, and the group’s band, dirty rounds and anchor', () => {
  const anchor = { cell: 'an-anchor', ratio: 1.83, ci_low: 1.8, ci_high: 1.86, rounds: 12 };
  const { container } = show([anEntry('threads')], { anchor });
  const placebo = container.querySelector<HTMLElement>('.placebo');
  expect(plain(placebo)).toBe('placebo: the same program twice0.998× [0.984×, 1.01×]');
  expect(placebo && within(placebo).getByRole('link').getAttribute('href')).toBe(
    '/cells/a-placebo?run=a-run',
  );
  expect(plain(container.querySelector('.foot'))).toBe(
    'band: ±2.4 % · 1 of 12 rounds dirty · sequential is at 1.83× [1.80×, 1.86×] the anchor’s total time',
  );
});
