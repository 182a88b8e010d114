import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestHouse, testKeyring } from '../fleet/accounts/test-house.ts';
import { Audience } from '../fleet/audience.ts';
import { Neighbours } from '../fleet/neighbours.ts';
import { type SimulatedHub, startSimulatedHub } from '../simulator/hub/index.ts';
import { hubRouter } from './hub.ts';
import type { Rooms } from './rooms.ts';

let hub: SimulatedHub;
let house: TestHouse;
beforeEach(async () => {
  hub = await startSimulatedHub({ accounts: [{ nick: 'anna', email: 'anna@example.com', password: 'anna' }] });
  house = new TestHouse();
});
afterEach(async () => {
  await house.end();
  await hub.close();
});

function clientOf(accounts: TestHouse['accounts']) {
  const neighbours = new Neighbours();
  const rooms = {
    accounts,
    neighbours,
    fleet: { audience: new Audience() },
    report: (error: unknown) => expect.fail(String(error)),
  } as unknown as Rooms;
  return createRouterClient(hubRouter(rooms));
}

it('asks how sign-ins are kept, signs in, tells what changes, and signs out', async () => {
  const client = clientOf(house.accounts);
  const stream = await client.watch();
  const next = () => nextOf(stream);
  expect(await next()).toMatchObject({ accounts: [], secrets: { kind: 'undecided', keyringAvailable: false } });
  const login = { url: hub.url, username: 'anna', password: 'anna' };
  await expect(client.signIn(login)).rejects.toMatchObject({ code: 'BAD_INPUT', defined: true });
  await client.chooseSecrets({ kind: 'memory' });
  expect((await next()).secrets.kind).toBe('memory');
  const { accountId } = await client.signIn(login);
  expect((await next()).accounts).toMatchObject([{ id: accountId, nick: 'anna' }]);
  await client.refresh({ accountId });
  expect((await client.quota({ accountId })).quotas.length).toBeGreaterThan(0);
  expect(await client.signOut({ accountId })).toEqual({});
  let overview = await next();
  while (overview.accounts.length > 0) overview = await next();
  await stream.return?.();
});

it('probes an address without signing in', async () => {
  const client = clientOf(house.accounts);
  expect(await client.probe({ url: hub.url })).toEqual({ kind: 'hub', browserSignIn: true });
  hub.faults.set('html-instead-of-json');
  expect(await client.probe({ url: hub.url })).toMatchObject({ kind: 'problem', problem: { code: 'NOT_A_HUB' } });
  await expect(client.probe({ url: 'https://x.example/with/path' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('a browser sign-in ends with its stream', async () => {
  await house.reopen(testKeyring);
  const stream = await clientOf(house.accounts).signInWithBrowser({ url: hub.url });
  const first = await nextOf(stream);
  if (first.kind !== 'open') throw new Error('an address was expected');
  const back = new URL(first.address).searchParams.get('redirect_uri') ?? '';
  await stream.return?.();
  await expect(fetch(back.replace('localhost', '127.0.0.1'))).rejects.toThrow();
});

it('claimable devices begin with none, and nobody listens after the end', async () => {
  const stream = await clientOf(house.accounts).claimable();
  expect(await nextOf(stream)).toEqual([]);
  await stream.return?.();
  await expect.poll(() => process.getActiveResourcesInfo()).not.toContain('UDPWrap');
});

async function nextOf<Value>(stream: AsyncIterator<Value>): Promise<Value> {
  const result = await stream.next();
  if (result.done) throw new Error('the stream ended');
  return result.value;
}
