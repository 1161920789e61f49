import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { RequestError } from '../lib/http';
import { Loaded } from './Loaded';
import { Left, Progress } from './Progress';

afterEach(cleanup);

const run = {
  name: 'quickstart',
  state: 'running',
  queue: null,
  progress: {
    cells_total: 14,
    cells_done: 3,
    cells_failed: 1,
    cells_unsupported: 0,
    current: 'pi · threads · round 4',
    seconds_left: 40,
  },
} as const;

it('says progress in numbers and words', () => {
  render(<Progress run={run} />);
  const bar = screen.getByRole('progressbar', { name: 'Progress of quickstart' });
  expect(bar.getAttribute('aria-valuenow')).toBe('3');
  expect(bar.getAttribute('aria-valuetext')).toBe('3 of 14 cells, 1 failed');
  expect(screen.getByText('pi · threads · round 4')).toBeTruthy();
});

it('says why a run waits', () => {
  const queued = {
    ...run,
    state: 'queued',
    queue: { position: 2, reason: 'lab1 is busy' },
  } as const;
  render(
    <>
      <Progress run={queued} />
      <Left run={queued} />
    </>,
  );
  expect(screen.getByText('lab1 is busy')).toBeTruthy();
  expect(screen.getByText('number 2 in the queue')).toBeTruthy();
});

it('shows a problem in the words of the server, and tries again', () => {
  let tries = 0;
  const error = new RequestError({ title: 'No such run', status: 404, detail: 'No run has it.' });
  render(
    <Loaded query={{ data: undefined, error, refetch: () => tries++ }} height={100}>
      {() => <p>content</p>}
    </Loaded>,
  );
  expect(screen.getByRole('alert').textContent).toContain('No such runNo run has it.');
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(tries).toBe(1);
});

it('keeps content on screen when a later request fails', () => {
  const error = new RequestError({ title: 'The server did not answer', status: 0 });
  render(
    <Loaded query={{ data: 'content', error, refetch: () => null }} height={100}>
      {(data) => <p>{data}</p>}
    </Loaded>,
  );
  expect(screen.getByText('content')).toBeTruthy();
});

it('holds the height of what loads', () => {
  render(
    <Loaded query={{ data: undefined, error: null, refetch: () => null }} height={320}>
      {() => <p>content</p>}
    </Loaded>,
  );
  expect(screen.getByRole('status').style.minHeight).toBe('320px');
});
