import { expect, it } from 'vitest';
import { aFlatTransfer, aTransfer } from './transfer.fixture';
import {
  bandwidth,
  bandwidthWords,
  commonWords,
  latencyWords,
  missWords,
  ownWords,
  rangeWords,
  remarks,
  statusWords,
} from './transfers';

const plain = (words: string) => words.replaceAll('\u202f', ' ');

it('tells latency and bandwidth with their units and intervals', () => {
  expect(plain(latencyWords(aTransfer()).value)).toBe('20.0 µs');
  expect(plain(latencyWords(aTransfer()).interval)).toBe('[19.0 µs, 21.5 µs]');
  expect(plain(bandwidthWords(aTransfer()).value)).toBe('2.00 GiB');
  expect(plain(bandwidthWords(aTransfer()).interval)).toBe('[1.00 GiB, 3.00 GiB]');
  expect(plain(missWords(aTransfer()))).toBe('8.4 %');
  expect(plain(rangeWords(aTransfer()))).toBe('3: 64 to 8,388,608 bytes');
});

it('counts items in words', () => {
  expect(plain(bandwidth(12.34e6, 'items'))).toBe('12.3 million items');
  expect(plain(bandwidth(999_900, 'items'))).toBe('1.00 million items');
  expect(plain(bandwidth(42, 'items'))).toBe('42.0 items');
});

it('gives a flat line no bandwidth, but what it is at least', () => {
  expect(bandwidthWords(aFlatTransfer()).value).toBe('none told');
  expect(plain(bandwidthWords(aFlatTransfer()).interval)).toBe('at least 4096 GiB');
  expect(remarks(aFlatTransfer())).toEqual([aFlatTransfer().reason]);
});

it('has no figures where none can be told', () => {
  const transfer = aTransfer({
    status: 'not_identifiable',
    reason: '1 of at least 3 different sizes',
    alpha_seconds: null,
    beta_per_second: null,
    worst_miss: null,
    sizes: [],
    left_out: [{ size: 4096, cell: 'a-cell', reason: 'no answer in 60 s' }],
  });
  expect([latencyWords(transfer), bandwidthWords(transfer)]).toEqual([
    { value: '–', interval: '' },
    { value: '–', interval: '' },
  ]);
  expect([missWords(transfer), rangeWords(transfer)]).toEqual(['–', 'none']);
  expect(statusWords(transfer)).toBe('not identifiable');
  expect(remarks(transfer).map(plain)).toEqual([
    '1 of at least 3 different sizes',
    'without 4,096 bytes: no answer in 60 s',
  ]);
});

it('says once what all have in common, and beside each what differs', () => {
  const other = aTransfer({ axes: { ...aTransfer().axes, interpreter: 'cpython-3.14t' } });
  const all = [aTransfer(), other];
  expect(commonWords(all)).toBe('transfer, 4 tasks, parallelism 1, sequential');
  expect(ownWords(other, all)).toBe('cpython-3.14t');
  expect(ownWords(other, [other])).toBe('');
});
