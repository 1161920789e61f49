import { expect, it } from 'vitest';
import { factsOf, findingsOf, groupFacts } from './session';

const session = {
  protocol_version: 2,
  placement: { mechanism: 'affinity', cpus: [2, 3], isolation: null },
  preflight: { faults: [], warnings: ['load 0.41 per core'], refuse: false },
  endcheck: { faults: ['the clock stepped by 2.1 s'], warnings: ['load 0.41 per core'] },
  agent_cpu_share: 0.00031,
  groups: [{ group: 1, turns: 12, stop_reason: 'precise enough' }],
};

it('collects what the checks found, once each', () => {
  expect(findingsOf(session)).toEqual({
    faults: ['the clock stepped by 2.1 s'],
    warnings: ['load 0.41 per core'],
  });
});

it('tells facts in words, and what the host does not tell too', () => {
  expect(factsOf(session)).toEqual([
    ['protocol version', '2'],
    ['placement', 'mechanism affinity, cpus 2, 3, isolation not told by the host'],
    ['preflight', 'refuse no'],
    ['agent cpu share', '0.000310'],
  ]);
});

it('finds what was decided for a group', () => {
  expect(groupFacts(session, 1)).toEqual([
    ['turns', '12'],
    ['stop reason', 'precise enough'],
  ]);
  expect(groupFacts(session, 0)).toEqual([]);
  expect(groupFacts({}, 0)).toEqual([]);
});
