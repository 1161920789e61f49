import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { Transfers } from './RunTransfers';
import { aFlatTransfer, aTransfer } from './transfer.fixture';

afterEach(cleanup);

const show = (...items: ReturnType<typeof aTransfer>[]) =>
  render(<Transfers list={{ run: 'a-run', confidence: 0.95, items }} />);

it('has a row for each mechanism, in a box that the keyboard can scroll', () => {
  show(aTransfer(), aFlatTransfer());
  const region = screen.getByRole('region', { name: 'Latency and bandwidth by mechanism' });
  expect(region.tabIndex).toBe(0);
  expect(screen.getAllByRole('rowheader').map((head) => head.textContent)).toEqual([
    'pipe',
    'thread-simplequeue',
  ]);
  expect(region.textContent).toContain('no bandwidth can be told');
});

it('tells every warning', () => {
  show(aTransfer({ warnings: ['no straight line', 'size 64 is noisy: steal 3 %'] }));
  expect(screen.getByText('2 remarks')).toBeTruthy();
  expect(screen.getAllByRole('listitem', { hidden: true })).toHaveLength(2);
});
