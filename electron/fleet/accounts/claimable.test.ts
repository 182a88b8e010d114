import { expect, it } from 'vitest';
import type { SshService } from '../../net/mdns.ts';
import { claimableOf } from './claimable.ts';

const id = '5f0000000000000000000001';
const service = (name: string, txt: Record<string, string>, more: Partial<SshService> = {}): SshService => {
  return { name, host: `${name}.local.`, addresses: [], port: 8222, txt, ...more };
};

it('lists who waits to be claimed, by name, each once', () => {
  const addresses = ['fe80::1', '192.0.2.7'];
  const devices = claimableOf([
    service('zebra', { 'device-id': '5f0000000000000000000002', challenge: 'x-y-z' }, { addresses }),
    service('board', { 'device-id': id, challenge: ' a-b-c ', pantahub: 'https://api.pantahub.com' }),
    service('board', { 'device-id': id, challenge: 'a-b-c', pantahub: 'https://api.pantahub.com' }),
  ]);
  expect(devices).toEqual([
    { name: 'board', host: 'board.local', deviceId: id, challenge: 'a-b-c', hub: 'https://api.pantahub.com' },
    { name: 'zebra', host: '192.0.2.7', deviceId: '5f0000000000000000000002', challenge: 'x-y-z' },
  ]);
});

it.each<[string, Record<string, string>]>([
  ['a plain computer', {}],
  ['a device that is claimed', { 'device-id': id, challenge: '' }],
  ['a device that never registered', { 'device-id': '', challenge: 'a-b-c' }],
  ['an id that is none', { 'device-id': '../../devices', challenge: 'a-b-c' }],
])('leaves out %s', (_name, txt) => {
  expect(claimableOf([service('x', txt)])).toEqual([]);
});
