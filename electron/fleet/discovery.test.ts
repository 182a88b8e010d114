import { Bonjour } from 'bonjour-service';
import { describe, expect, it } from 'vitest';
import { AccountId } from '../../shared/contract/hub.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import { loopbackMulticast } from '../net/loopback-multicast.ts';
import { listenForSsh, type SshService } from '../net/mdns.ts';
import { ScriptedBench } from '../revisions/scripted-device.ts';
import type { DeviceRecord } from '../storage/devices.ts';
import { discoveredOf, watchDiscovered } from './discovery.ts';
import { Neighbours } from './neighbours.ts';

const id = '5f0000000000000000000001';
const claimed = { 'device-id': id, challenge: '', pantahub: 'https://api.pantahub.com' };

function service(name: string, more: Partial<SshService> = {}): SshService {
  return { name, host: `${name}.local.`, addresses: ['192.0.2.7'], port: 8222, txt: claimed, ...more };
}

function member(more: Partial<DeviceRecord> & { readonly hubDeviceId?: string } = {}) {
  const { hubDeviceId, ...record } = more;
  const facts = hubDeviceId === undefined ? {} : { hubDeviceId };
  return { facts, record: { id: DeviceId.parse('d'), name: 'd', connection: null, demo: undefined, addedAt: 1, ...record } };
}

const at = (host: string, port?: number) => ({
  host,
  http: { port: 12368 },
  ssh: port === undefined ? null : { port, user: '/', auth: { kind: 'own-key' as const } },
});

describe('devices on the local network', () => {
  it('are told by what only they say, each once with all its addresses, by name', () => {
    const found = discoveredOf(
      [
        service('zebra', { txt: { 'device-id': '', challenge: '' } }),
        service('a plain computer', { txt: {} }),
        service('board', { addresses: ['fe80::1', 'fd00::1', '192.0.2.7'] }),
        service('board', { addresses: ['198.51.100.7', 'fd00::1'] }),
        service('new', { txt: { 'device-id': '5F0000000000000000000002', challenge: 'a-b-c' } }),
      ],
      [],
    );
    expect(found).toEqual([
      {
        key: id,
        name: 'board',
        host: 'board.local',
        addresses: ['192.0.2.7', '198.51.100.7', 'fd00::1', 'fe80::1'],
        sshPort: 8222,
        deviceId: id,
        unclaimed: false,
        hubAddress: 'https://api.pantahub.com',
      },
      {
        key: '5f0000000000000000000002',
        name: 'new',
        host: 'new.local',
        addresses: ['192.0.2.7'],
        sshPort: 8222,
        deviceId: '5f0000000000000000000002',
        unclaimed: true,
      },
      {
        key: 'name zebra',
        name: 'zebra',
        host: 'zebra.local',
        addresses: ['192.0.2.7'],
        sshPort: 8222,
        unclaimed: false,
      },
    ]);
  });

  const accountId = AccountId.parse('a');
  const hub = { accountId, account: 'a', deviceId: id, nick: 'd', public: false };
  it.each([
    ['that are in the fleet at that address', member({ connection: at('192.0.2.7', 8222) }), 0],
    ['that are in the fleet by that name', member({ connection: at('BOARD.local', 8222) }), 0],
    ['that are in the fleet over HTTP alone', member({ connection: at('192.0.2.7') }), 0],
    ['behind a port that is another one', member({ connection: at('192.0.2.7', 22) }), 1],
    ['that a hub listed', member({ hub }), 0],
    ['that said elsewhere who they are', member({ connection: at('203.0.113.1', 22), hubDeviceId: id }), 0],
    ['that are others', member({ connection: at('203.0.113.1', 8222), hub: { ...hub, deviceId: 'other' } }), 1],
  ])('%s', (_what, one, count) => {
    expect(discoveredOf([service('board')], [one])).toHaveLength(count);
  });
});

const network = await loopbackMulticast();
if (typeof network === 'string') console.info(`not tried: ${network}`);

describe.skipIf(typeof network === 'string')('discovery with a real responder', () => {
  if (typeof network === 'string') return;

  it('shows a device that comes up, and takes it away when it is added and when it goes', { timeout: 30_000 }, async () => {
    const bench = new ScriptedBench();
    const responder = new Bonjour(network);
    const publish = (name: string, deviceId: string) =>
      responder.publish({ name, type: 'ssh', host: `${name}.local`, port: 8222, txt: { 'device-id': deviceId }, probe: false });
    const { fleet } = bench.rooms;
    let names: string[] | undefined;
    const neighbours = new Neighbours((heard) => listenForSsh(heard, network));
    const { read, listen } = watchDiscovered(fleet, neighbours);
    expect(read()).toEqual([]);
    const stop = listen(() => {
      names = read().map(({ name }) => name);
    });
    try {
      publish('first', id);
      const second = publish('second', '5f0000000000000000000002');
      responder.publish({ name: 'laptop', type: 'ssh', host: 'laptop.local', port: 22, probe: false });
      await expect.poll(() => names, { timeout: 10_000 }).toEqual(['first', 'second']);
      fleet.add({ connection: at('first.local', 8222) });
      await expect.poll(() => names, { timeout: 10_000 }).toEqual(['second']);
      await new Promise((resolve) => second.stop(resolve));
      await expect.poll(() => names, { timeout: 10_000 }).toEqual([]);
    } finally {
      stop();
      await new Promise((resolve) => responder.destroy(() => resolve(undefined)));
      await bench.close();
    }
  });
});
