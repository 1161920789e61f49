import { describe, expect, it } from 'vitest';
import { decode, encode, oneOf, text } from './url';

const CODECS = { view: oneOf(['matrix', 'table'], 'matrix'), measure: text(), baseline: text() };

describe('state in the address', () => {
  it('leaves initial values out', () => {
    expect(encode(CODECS, decode(CODECS, ''))).toBe('');
  });

  it('comes back as it was written', () => {
    for (const view of ['matrix', 'table'] as const) {
      for (const value of ['', 'threads', 'processes:fork', 'a&b=c', 'ü?#/%', ' ']) {
        const state = { view, measure: value, baseline: value };
        expect(decode(CODECS, encode(CODECS, state))).toEqual(state);
      }
    }
  });

  it('falls back where the text is no value', () => {
    expect(decode(CODECS, '?view=evil').view).toBe('matrix');
  });

  it('keeps keys that belong to others', () => {
    const state = { view: 'table', measure: '', baseline: '' } as const;
    expect(encode(CODECS, state, 'run=1&measure=cpu')).toBe('?run=1&view=table');
  });
});
