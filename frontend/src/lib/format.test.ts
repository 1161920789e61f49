import { describe, expect, it } from 'vitest';
import {
  ago,
  capacity,
  counted,
  factor,
  listed,
  percent,
  quantity,
  significant,
  span,
  times,
} from './format';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('numbers', () => {
  it.each([
    [0.0123456, '0.0123'],
    [9.9997, '10.0'],
    [123.4, '123'],
    [1234, '1234'],
    [0, '0'],
    [Number.NaN, '–'],
  ])('%d is written with three digits as %s', (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it.each([
    [13.2, '13'],
    [4.44, '4.4'],
    [2.5, '2.50'],
    [0.93, '0.93'],
    [0.0801, '0.080'],
  ])('factor %d fits a matrix cell as %s', (value, text) => {
    expect(factor(value)).toBe(text);
  });

  it('writes factors beside an interval with three digits', () => {
    expect(times(2.309)).toBe('2.31×');
  });

  it('writes shares as percent', () => {
    expect([0.05, 0.95, 0.02, 0.125].map((share) => plain(percent(share)))).toEqual([
      '5 %',
      '95 %',
      '2 %',
      '12.5 %',
    ]);
  });

  it('counts in words', () => {
    expect(counted(1, 'cell')).toBe('1 cell');
    expect(counted(1200, 'cell')).toBe('1,200 cells');
  });
});

describe('quantities', () => {
  it.each([
    [2.5, 's', '2.50 s'],
    [0.0123, 's', '12.3 ms'],
    [0.0009998, 's', '1.00 ms'],
    [0.00000042, 's', '420 ns'],
    [14 * 2 ** 20, 'B', '14.0 MiB'],
    [512, 'bytes', '512 B'],
    [61.9, '1/s', '61.9 1/s'],
    [0, 's', '0 ns'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(plain(quantity(value, unit))).toBe(text);
  });

  it('writes capacities without digits that say nothing', () => {
    expect(plain(capacity(8 * 2 ** 30))).toBe('8 GiB');
    expect(plain(capacity(7.75 * 2 ** 30))).toBe('7.75 GiB');
  });
});

describe('time spans', () => {
  it.each([
    [40, '40 s'],
    [89.6, '90 s'],
    [600, '10 min'],
    [7200, '2.0 h'],
    [3 * 86_400, '3 days'],
    [-4, '0 s'],
  ])('%d seconds read %s', (seconds, text) => {
    expect(plain(span(seconds))).toBe(text);
  });

  it('says how long ago something was', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(plain(ago('2026-11-23T11:50:00Z', now))).toBe('10 min ago');
    expect(ago(now + 50, now)).toBe('just now');
  });
});

it('lists words as a sentence does', () => {
  expect(listed(['a'])).toBe('a');
  expect(listed(['a', 'b'])).toBe('a and b');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
});
