import { expect, test } from 'vitest';
import { hubOrderFor } from './hubOrders.ts';

test('Only a waiting revision on the hub can be cancelled, only one in progress given up', () => {
  const orders = [
    'NEW',
    'QUEUED',
    'DOWNLOADING',
    'INPROGRESS',
    'TESTING',
    'DONE',
    'UPDATED',
    'ERROR',
    'WONTGO',
    'CANCEL',
    '',
  ].map((status) => [status, hubOrderFor({ onHub: true, status })]);
  expect(Object.fromEntries(orders)).toEqual({
    NEW: 'cancel',
    QUEUED: 'wontgo-not-yet',
    DOWNLOADING: 'wontgo-not-yet',
    INPROGRESS: 'wontgo',
    TESTING: 'wontgo-not-yet',
    DONE: undefined,
    UPDATED: undefined,
    ERROR: undefined,
    WONTGO: undefined,
    CANCEL: undefined,
    '': undefined,
  });
});

test('A revision that the hub does not know is none of its business', () => {
  expect([hubOrderFor({ onHub: false, status: 'NEW' }), hubOrderFor({ onHub: false, status: 'INPROGRESS' })]).toEqual([
    undefined,
    undefined,
  ]);
});
