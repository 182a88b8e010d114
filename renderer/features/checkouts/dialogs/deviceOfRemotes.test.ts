import { expect, test } from 'vitest';
import { deviceOfRemotes } from './deviceOfRemotes.ts';

const devices = [
  { id: 'lan', connection: { host: '192.168.1.20', http: { port: 12368 } } },
  { id: 'other', connection: { host: '192.168.1.21', http: { port: 12368 } }, hub: { nick: 'pump', deviceId: '5f1' } },
  { id: 'one', connection: { host: '127.0.0.1', http: { port: 4001 } } },
  { id: 'two', connection: { host: '127.0.0.1', http: { port: 4002 } } },
];

test.each([
  [{ get: '', put: '', post: 'http://192.168.1.20:12368/cgi-bin/pvr' }, 'lan'],
  [{ get: 'http://192.168.1.21:12368/cgi-bin/pvr', put: '', post: 'http://192.168.1.20/x' }, 'lan'],
  [{ get: 'http://192.168.1.21/cgi-bin/pvr', put: '', post: '' }, 'other'],
  [{ get: 'https://pvr.pantahub.com/nick/pump', put: '', post: '' }, 'other'],
  [{ get: 'http://127.0.0.1:36791/trails/5f1#-bsp', put: '', post: '' }, 'other'],
  [{ get: 'http://127.0.0.1:4002/cgi-bin/pvr', put: '', post: '' }, 'two'],
  [{ get: 'http://127.0.0.1:9999/cgi-bin/pvr', put: '', post: '' }, undefined],
  [{ get: 'nonsense', put: '', post: '' }, undefined],
  [{ get: '', put: '', post: '' }, undefined],
])('%j names %j', (remotes, expected) => {
  expect(deviceOfRemotes(remotes, devices)).toBe(expected);
});
