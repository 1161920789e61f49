import type { Host, HostDetail } from '../../lib/api';

/** A host that is online and active, unless a test changes it. */
export const aHost = (rest: Partial<Host> = {}): Host => ({
  id: '00000000-0000-7000-8000-000000000100',
  name: 'lab1',
  state: 'active',
  state_reason: null,
  online: true,
  cores: 16,
  memory_bytes: 64 * 2 ** 30,
  architecture: 'x86_64',
  cpu: 'AMD EPYC',
  labels: {},
  profiles: ['any'],
  interpreters: 3,
  facts: {},
  last_seen_at: new Date().toISOString(),
  ...rest,
});

export const aHostDetail = (rest: Partial<HostDetail> = {}): HostDetail => ({
  host: aHost(),
  environment: {
    fingerprint: 'abcdef012345'.padEnd(64, '0'),
    facts: { cpu_model: 'AMD EPYC', cores: '16', smt_active: '0' },
    first_seen_at: '2026-01-01T00:00:00Z',
  },
  interpreters: [],
  events: [],
  ...rest,
});
