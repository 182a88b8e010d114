import { expect, it } from 'vitest';
import { readStep } from './step-rows.ts';
import { deviceId } from './test-support.ts';

it.each([
  ['with a fraction', { rev: 1.5 }],
  ['below zero', { rev: -1 }],
  ['beyond all numbers', { rev: 1e21 }],
  ['not there', { rev: null, id: deviceId }],
  ['below zero in its id alone', { id: `${deviceId}--1` }],
])('a revision whose number is %s is none', (_name, row) => {
  expect(readStep({ id: `${deviceId}-1`, 'trail-id': deviceId, ...row })).toBeUndefined();
});

it('a number is read as a text, or from the id', () => {
  expect(readStep({ id: '', 'trail-id': deviceId, rev: '14' })?.revision).toBe(14);
  expect(readStep({ id: `${deviceId}-0` })).toMatchObject({ deviceId, revision: 0 });
});
