import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { HostEvents } from './HostEvents';
import { HostFacts } from './HostFacts';
import { aHost, aHostDetail } from './hosts.fixture';
import { HostTable } from './HostTable';
import { ProfileTable } from './ProfileTable';

afterEach(cleanup);

it('lists hosts with their state, its reason and their profiles', () => {
  const stuck = aHost({
    name: 'lab2',
    state: 'needs_review',
    state_reason: 'kernel was 6.12 and is 6.13',
    profiles: [],
    cpu: null,
    memory_bytes: null,
  });
  render(<HostTable hosts={[aHost(), stuck]} />);
  const row = screen.getByRole('row', { name: /^lab1/ });
  expect(within(row).getByRole('link', { name: 'lab1' }).getAttribute('href')).toBe('/hosts/lab1');
  expect(within(row).getByText('any')).toBeTruthy();
  const other = screen.getByRole('row', { name: /^lab2/ });
  expect(within(other).getByText(/needs review/)).toBeTruthy();
  expect(within(other).getByText('kernel was 6.12 and is 6.13')).toBeTruthy();
  expect(within(other).getAllByText('not told')).toHaveLength(2);
});

it('says what to do where there is no host', () => {
  render(<HostTable hosts={[]} />);
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByText(/Start a worker/)).toBeTruthy();
});

it('lists profiles with the hosts that fulfil them', () => {
  const any = {
    name: 'any',
    description: 'Any host',
    cores: null,
    cpu: null,
    memory_bytes: null,
    architecture: null,
    labels: {},
    version: '"0"',
    hosts: ['lab1', 'lab2'],
    online: true,
  };
  render(
    <ProfileTable
      profiles={[any, { ...any, name: 'large', cores: 64, hosts: [], online: false }]}
    />,
  );
  expect(screen.getByRole('link', { name: 'lab2' }).getAttribute('href')).toBe('/hosts/lab2');
  const row = screen.getByRole('row', { name: /^large/ });
  expect(within(row).getByText('64 cores or more')).toBeTruthy();
  expect(within(row).getByText('no host')).toBeTruthy();
});

it('shows a changed environment as a diff, and who did the rest', () => {
  const at = '2026-02-01T10:00:00Z';
  render(
    <HostEvents
      events={[
        { at, kind: 'reviewed', actor: 'ann', reason: 'I set it', detail: {} },
        {
          at,
          kind: 'environment_changed',
          actor: null,
          reason: 'in words',
          detail: { changes: [{ key: 'smt_active', before: '1', after: null }] },
        },
      ]}
    />,
  );
  expect(screen.getByText('by ann')).toBeTruthy();
  expect(screen.getByText('I set it')).toBeTruthy();
  expect(screen.getByText('SMT')).toBeTruthy();
  expect(screen.getByText('on').tagName).toBe('DEL');
  expect(screen.getByText('not told').tagName).toBe('INS');
  expect(screen.queryByText('in words')).toBeNull();
});

it('tells what an environment is, and what the host does not tell', () => {
  render(<HostFacts detail={aHostDetail()} />);
  expect(screen.getByText('off')).toBeTruthy();
  expect(screen.getAllByText('not told').length).toBeGreaterThan(3);
  cleanup();
  render(<HostFacts detail={aHostDetail({ environment: null })} />);
  expect(screen.getByText(/Not known yet/)).toBeTruthy();
});
