import { expect, test } from 'vitest';
import { claimOf, deviceIdIn } from './claimForm.ts';

const id = '5f3c1d2e4b5a69788796a5b4';

test('A device id is taken out of what people paste', () => {
  expect(
    [id, ` ${id.toUpperCase()} `, `prn:::devices:/${id}`, `https://hub.example.com/u/me/devices/${id}/`, 'nonsense'].map(
      deviceIdIn,
    ),
  ).toEqual([id, id, id, id, 'nonsense']);
});

test('Each wrong field has a sentence of its own; the nick may be left out', () => {
  expect(Object.keys(claimOf({ deviceId: 'x', challenge: ' ', nick: 'a b' }).errors ?? {})).toEqual([
    'deviceId',
    'challenge',
    'nick',
  ]);
  expect(claimOf({ deviceId: id, challenge: ' a-b-c ', nick: '' }).claim).toEqual({ deviceId: id, challenge: 'a-b-c' });
  expect(claimOf({ deviceId: id, challenge: 'a-b-c', nick: 'shed+1' }).claim?.nick).toBe('shed+1');
});
