import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AccountId, HubDeviceId } from '../../../shared/contract/hub.ts';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { type SimulatedHub, startSimulatedHub } from '../../simulator/hub/index.ts';
import { TestClient } from './test-client.ts';
import { TestHouse, testKeyring } from './test-house.ts';

const signal = AbortSignal.timeout(60_000);

let hub: SimulatedHub;
let house: TestHouse;
let accountId: AccountId;

beforeEach(async () => {
  hub = await startSimulatedHub({ accounts: [{ nick: 'anna', email: 'anna@example.com', password: 'anna' }] });
  house = new TestHouse(testKeyring);
  const login = { username: 'anna', password: 'anna' };
  accountId = await house.accounts.signInWithPassword({ url: hub.url }, login, signal);
});
afterEach(async () => {
  await house.end();
  await hub.close();
});

/** A device that registered itself and waits for its owner. */
async function unclaimed(): Promise<{ accountId: AccountId; deviceId: HubDeviceId; challenge: string }> {
  const { id, challenge } = await new TestClient(hub.url).registerDevice();
  return { accountId, deviceId: HubDeviceId.parse(id), challenge };
}

it('claims a device by its challenge and names it, renames it, makes it public, deletes it by its typed name', async () => {
  const { devices } = house.accounts;
  const request = await unclaimed();
  await expect(devices.claim({ ...request, challenge: 'wrong-one' }, signal)).rejects.toMatchObject({ code: 'REFUSED_BY_HUB' });
  const row = await devices.claim({ ...request, nick: 'kitchen' }, signal);
  expect(house.fleet.device(row).record.name).toBe('kitchen');
  await devices.rename(row, 'cellar', signal);
  await devices.setPublic(row, true, signal);
  expect(house.fleet.device(row).record.hub).toMatchObject({ nick: 'cellar', public: true });
  expect(house.first.devices).toBe(1);
  await expect(devices.delete(row, 'Cellar', signal)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await devices.delete(row, 'cellar', signal);
  expect(house.fleet.devices.size).toBe(0);
  expect(house.activity()).toEqual([
    'ok: deleted it on the hub, with all its revisions',
    'ok: made it public on the hub',
    'ok: renamed it on the hub to cellar',
    expect.stringMatching(/^ok: claimed the device kitchen on 127/),
    expect.stringMatching(/^failed: claimed the device/),
    expect.stringMatching(/^ok: signed in/),
  ]);
});

it('a device that is claimed, and whose name is taken, is said to be there under its old one', async () => {
  hub.seedDevice({ owner: 'anna', nick: 'kitchen', steps: [] });
  const claim = house.accounts.devices.claim({ ...(await unclaimed()), nick: 'kitchen' }, signal);
  await expect(claim).rejects.toMatchObject({ code: 'NAME_TAKEN', data: { unchanged: expect.stringMatching(/claimed/) } });
  expect(house.fleet.devices.size).toBe(1);
});

it('a device that the hub could not delete stays', async () => {
  const { devices } = house.accounts;
  const row = await devices.claim({ ...(await unclaimed()), nick: 'kitchen' }, signal);
  hub.faults.set('every-500', { path: '/devices/', method: 'DELETE', times: 9 });
  await expect(devices.delete(row, 'kitchen', signal)).rejects.toMatchObject({ code: 'REFUSED_BY_HUB' });
  expect([house.fleet.devices.size, house.activity()[0]]).toEqual([1, expect.stringMatching(/^failed: deleted/)]);
});

it('what is known from the local network only can follow its hub again, and not be changed there', async () => {
  const { devices } = house.accounts;
  const row = DeviceId.parse('lan');
  await expect(devices.rename(row, 'x', signal)).rejects.toMatchObject({ code: 'WAY_MISSING' });
  await devices.goRemote(row, signal);
  expect(house.fleet.wentRemote).toEqual([row]);
});
