import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import type { RunPreview } from '../../lib/api';
import { Forecast } from './Forecast';

afterEach(cleanup);

const known: RunPreview = {
  cells: 4,
  controls: 2,
  jobs: 1,
  groups: 2,
  unsupported: [],
  estimate: {
    seconds: 240,
    most_seconds: 600,
    groups_known: 2,
    past: { jobs: 5, lowest_ratio: 0.8, median_ratio: 1, highest_ratio: 1.3 },
  },
};

it('tells how long a run takes and how far such estimates were off', () => {
  render(<Forecast preview={known} />);
  expect(screen.getByText('About 4 min')).toBeTruthy();
  expect(screen.getByText('The last 5 jobs took 0.800× to 1.30× their estimates.')).toBeTruthy();
});

it('tells no time where it knows none', () => {
  const estimate = { ...known.estimate, seconds: null, groups_known: 1 };
  render(<Forecast preview={{ ...known, jobs: 2, estimate }} />);
  expect(
    screen.getByText(/^1 of 2 groups were measured before: no new round begins after 10/),
  ).toBeTruthy();
  expect(screen.getByText(/for each of 2 jobs$/)).toBeTruthy();
  expect(screen.queryByText(/took/)).toBeNull();
});

it('names what no probed host can run, with the reason', () => {
  const one = { model: 'subinterpreters', interpreter: 'cpython-3.11', reason: 'no', cells: 3 };
  render(<Forecast preview={{ ...known, unsupported: [one] }} />);
  expect(screen.getByText('3 cells that no probed host can run')).toBeTruthy();
  expect(screen.getByText('subinterpreters on cpython-3.11')).toBeTruthy();
});
