import { expect, it } from 'vitest';
import { byModel, isFreeThreaded, look } from './models';

it('gives threads without the GIL a look of their own', () => {
  expect(look('threads', 'cpython-3.14').id).toBe('threads');
  expect(look('threads', 'cpython-3.14t')).toEqual({ id: 'ft', mark: 'triangle' });
  expect(look('threads', 'cpython-3.14t+gil').id).toBe('threads');
  expect(look('sequential', 'cpython-3.14t').id).toBe('seq');
});

it('gives all variants of a model the same look', () => {
  expect(look('processes:spawn')).toEqual(look('processes:fork'));
});

it('knows a free-threaded line by its name', () => {
  expect(isFreeThreaded('cpython-3.14t')).toBe(true);
  expect(isFreeThreaded('cpython-3.14')).toBe(false);
  expect(isFreeThreaded(undefined)).toBe(false);
});

it('sorts sequential first and unknown models last', () => {
  const models = ['zebra', 'processes:spawn', 'asyncio', 'processes:fork', 'threads', 'sequential'];
  expect(models.sort(byModel)).toEqual([
    'sequential',
    'threads',
    'processes:fork',
    'processes:spawn',
    'asyncio',
    'zebra',
  ]);
});
