import { describe, expect, it } from 'vitest';
import { standingOf } from './standing';

describe('the standing of a host', () => {
  it.each([
    ['active', true, '●', 'online', false],
    ['active', false, '○', 'offline', false],
    ['draining', true, '–', 'draining', false],
    ['draining', false, '○', 'draining, offline', false],
    ['needs_review', true, '!', 'needs review', true],
    ['quarantined', false, '!', 'quarantined, offline', true],
    ['of_a_later_version', true, '–', 'of_a_later_version', false],
  ])('%s, online %s', (state, online, mark, words, stuck) => {
    expect(standingOf({ state, online })).toEqual({ mark, words, stuck });
  });
});
