import { expect, test } from 'vitest';
import { deviceOfRemotes } from './deviceOfRemotes.ts';

const devices = [
  { id: 'lan', connection: { host: '192.168.1.20' } },
  { id: 'other', connection: { host: '192.168.1.21' }, hub: { nick: 'pump' } },
];

test.each([
  [{ get: '', put: '', post: 'http://192.168.1.20:12368/cgi-bin/pvr' }, 'lan'],
  [{ get: 'http://192.168.1.21:12368/cgi-bin/pvr', put: '', post: 'http://192.168.1.20/x' }, 'lan'],
  [{ get: 'http://192.168.1.21/cgi-bin/pvr', put: '', post: '' }, 'other'],
  [{ get: 'https://pvr.pantahub.com/nick/pump', put: '', post: '' }, 'other'],
  [{ get: 'nonsense', put: '', post: '' }, undefined],
  [{ get: '', put: '', post: '' }, undefined],
])('%j names %j', (remotes, expected) => {
  expect(deviceOfRemotes(remotes, devices)).toBe(expected);
});
