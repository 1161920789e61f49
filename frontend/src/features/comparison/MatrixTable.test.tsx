import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { ComparisonEntry } from '../../lib/api';
import { aComparison, anEntry, BASELINE, missing } from './comparison.fixture';
import { MatrixTable } from './MatrixTable';
import { TableTwin } from './TableTwin';

afterEach(cleanup);

function show(...entries: ComparisonEntry[]) {
  const comparison = aComparison(...entries);
  return render(<MatrixTable comparison={comparison} nameOf={(model) => `The ${model}`} />);
}

const cell = (name: RegExp) => screen.getByRole('link', { name }).closest('td');

it('shows speed, its colour and the mark of the fastest', () => {
  const { container } = show(anEntry('threads'));
  const td = cell(/threads/);
  expect(td?.textContent).toMatch(/^2\.00/);
  expect(td?.style.getPropertyValue('--tint')).toContain('--fast-cell');
  expect(container.querySelectorAll('.top')).toHaveLength(1);
  expect(screen.getByRole('columnheader', { name: 'The threads' })).toBeTruthy();
});

it('links every cell to its samples', () => {
  show(anEntry('threads'));
  expect(screen.getByRole('link', { name: /threads/ }).getAttribute('href')).toBe(
    '/cells/cell-of-threads?run=a-run',
  );
});

it('says the whole finding after what is seen', () => {
  show(anEntry('threads'));
  const name = screen.getByRole('link', { name: /threads/ }).textContent?.replaceAll('\u202f', ' ');
  expect(name).toBe(
    '2.00, pi, 200 digits, threads, 2.00× faster, fastest or tied, ' +
      'speed 2.00× [1.60×, 2.50×], 95 % CI, median 10.0 ms · 12 rounds',
  );
});

it('shows slower models as how much slower, in words', () => {
  show(anEntry('threads', { ratio: 4, ci_low: 3.9, ci_high: 4.1, verdict: 'slower' }));
  expect(cell(/threads, 4\.00× slower/)?.textContent).toMatch(/^0\.25/);
});

it('leaves unclear differences without colour', () => {
  const unclear = { ratio: 0.99, ci_low: 0.9, ci_high: 1.1, matters: false } as const;
  show(
    anEntry('threads', { ...unclear, verdict: 'unknown', rounds_needed: 30 }),
    anEntry('asyncio', { ...unclear, verdict: 'same' }),
  );
  const td = cell(/threads, no clear difference.*about 30 rounds needed/);
  expect(td?.className).toBe('unclear');
  expect(td?.style.getPropertyValue('--tint')).toBe('');
  expect(cell(/asyncio, same within ±2\.4\u202f%/)?.className).toBe('unclear');
});

it('shows what failed with its word and reason', () => {
  show(missing('threads', 'crashed', 'SIGSEGV in round 3'));
  const link = screen.getByRole('link', { name: /✕ crashed/ });
  expect(link.title).toBe('SIGSEGV in round 3');
  expect(link.closest('td')?.className).toBe('missing failed');
});

it('tells unsupported and queued cells from failed ones', () => {
  show(missing('threads', 'unsupported', 'needs 3.13'), missing('asyncio', null));
  expect(cell(/^unsupported/)?.className).toBe('missing');
  expect(cell(/^… queued/)?.className).toBe('missing');
});

it('says so when a model was measured and the baseline was not', () => {
  show(anEntry('threads', { ratio: null, ci_low: null, ci_high: null }));
  expect(cell(/^no baseline.*baseline not measured/)?.className).toBe('missing');
});

it('marks figures that are not final', () => {
  show(anEntry('threads', { outcome: null, preliminary: true }));
  expect(cell(/threads/)?.textContent).toMatch(/^~2\.00/);
});

it('marks doubtful figures with a shape and says so', () => {
  const { container } = show(anEntry('threads', { quality: 'noisy' }));
  expect(container.querySelectorAll('.quality-mark')).toHaveLength(1);
  expect(cell(/threads.*, quality noisy$/)?.textContent).toMatch(/^2\.00/);
});

it('withholds an invalid figure, with its reason', () => {
  const reason = 'equal arms differ by 7.1 %';
  show(anEntry('threads', { quality: 'invalid', quality_reasons: [reason], verdict: 'unknown' }));
  const link = screen.getByRole('link', { name: /threads, invalid.*equal arms differ by 7\.1 %/ });
  expect(link.textContent).not.toContain('2.00');
  expect(link.title).toContain(reason);
});

it('shows the interval on focus and hides it on Escape', () => {
  const { container } = show(anEntry('threads'));
  fireEvent.focus(screen.getByRole('link', { name: /threads/ }));
  expect(container.querySelector('.tip')?.textContent).toContain('[1.60×, 2.50×]');
  fireEvent.keyDown(screen.getByRole('link', { name: /threads/ }), { key: 'Escape' });
  expect(container.querySelector('.tip')).toBeNull();
});

it('has a twin with the same numbers', () => {
  render(
    <TableTwin
      comparison={aComparison(anEntry('threads'), missing('asyncio', 'timed_out', 'after 60 s'))}
    />,
  );
  const rows = screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((one) => one.textContent?.replaceAll('\u202f', ' ')));
  expect(rows).toEqual([
    [
      'pi, 200 digits',
      BASELINE.value,
      'baseline',
      ' stable',
      '1.00×',
      '–',
      '1.00',
      '12',
      '20.0 ms',
    ],
    [
      'pi, 200 digits',
      'threads',
      '2.00× faster',
      ' stable',
      '2.00×',
      '[1.60×, 2.50×]',
      '0.500',
      '12',
      '10.0 ms',
    ],
    ['pi, 200 digits', 'asyncio', 'timed out', '–', '–', '–', '–', '0', '–'],
  ]);
});
