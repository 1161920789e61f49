import { describe, expect, it } from 'vitest';
import { changesOf, nameOf, requirementsOf, valueOf, wordsOf } from './hosts';

const ASKS_NOTHING = { cores: null, cpu: null, memory_bytes: null, architecture: null, labels: {} };

describe('what a profile asks for', () => {
  it('is nothing for one that every host fulfils', () => {
    expect(requirementsOf(ASKS_NOTHING)).toEqual([]);
  });

  it('is told one by one', () => {
    expect(
      requirementsOf({
        cores: 1,
        cpu: 'EPYC',
        memory_bytes: 8 * 2 ** 30,
        architecture: 'x86_64',
        labels: { rack: 'a', disk: 'ssd' },
      }),
    ).toEqual([
      '1 core or more',
      'CPU with “EPYC”',
      '8\u202fGiB or more',
      'x86_64',
      'disk=ssd',
      'rack=a',
    ]);
  });
});

describe('the changes of an event', () => {
  it('are its diff, with null for what was not told', () => {
    const changes = [
      { key: 'governor', before: 'powersave', after: 'performance' },
      { key: 'microcode', before: null, after: '0x2' },
    ];
    expect(changesOf({ detail: { changes } })).toEqual(changes);
  });

  it.each([[{}], [{ changes: 'none' }], [{ changes: [null, 3, {}] }]])(
    'are none of what is no diff: %j',
    (detail) => {
      expect(changesOf({ detail })).toEqual([]);
    },
  );
});

it('names the interpreter that came or went', () => {
  const detail = { interpreter: 'cpython-3.14.3-abc' };
  expect(wordsOf({ kind: 'interpreter_gone', detail })).toBe(
    'interpreter gone: cpython-3.14.3-abc',
  );
  expect(wordsOf({ kind: 'reviewed', detail: {} })).toBe('reviewed and released');
});

it('tells facts as people say them', () => {
  expect(nameOf('cpu_model')).toBe('CPU');
  expect(nameOf('of_a_later_version')).toBe('of_a_later_version');
  expect(valueOf('smt_active', '1')).toBe('on');
  expect(valueOf('smt_active', '0')).toBe('off');
  expect(valueOf('smt_active', null)).toBe('not told');
  expect(valueOf('cores', '4')).toBe('4');
});
