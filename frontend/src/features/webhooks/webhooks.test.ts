import { expect, it } from 'vitest';
import type { Delivery } from '../../lib/api';
import { deliveryWords, eventWords, mayAdminister } from './webhooks';

const aDelivery = (rest: Partial<Delivery> = {}): Delivery => ({
  id: 'd',
  event: 'e',
  type: 'run.ended',
  state: 'delivered',
  tries: 1,
  status: 204,
  failure: null,
  created_at: '2026-11-27T02:00:00Z',
  tried_at: '2026-11-27T02:00:01Z',
  next_try_at: null,
  ...rest,
});

it('tells what became of a delivery', () => {
  expect(deliveryWords(aDelivery())).toBe('delivered after 1 try (204)');
  expect(deliveryWords(aDelivery({ state: 'waiting', tries: 0, status: null }))).toBe('waiting');
  expect(
    deliveryWords(aDelivery({ state: 'waiting', tries: 2, failure: 'the receiver answered 503' })),
  ).toBe('tried again after 2 tries: the receiver answered 503');
  expect(deliveryWords(aDelivery({ state: 'given_up', tries: 9, failure: 'no answer' }))).toBe(
    'given up after 9 tries: no answer',
  );
});

it('has words for every event, and shows one that it does not know', () => {
  expect(eventWords('run.ended')).toBe('a run has ended');
  expect(eventWords('new.event')).toBe('new.event');
});

it('is for administrators', () => {
  expect(mayAdminister({ name: 'a', role: 'admin' })).toBe(true);
  expect(mayAdminister({ name: 'a', role: 'submitter' })).toBe(false);
  expect(mayAdminister(undefined)).toBe(false);
});
