import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SimulatedHub, startSimulatedHub } from '../../simulator/hub/index.ts';
import { TestClient } from './test-client.ts';
import { TestHouse, testKeyring } from './test-house.ts';

let hub: SimulatedHub;
let house: TestHouse;
beforeEach(async () => {
  hub = await startSimulatedHub({ accounts: [{ nick: 'anna', email: 'anna@example.com', password: 'anna' }] });
  house = new TestHouse(testKeyring);
});
afterEach(async () => {
  await house.end();
  await hub.close();
});

/** What a browser does at the hub: keeps its cookies, signs in there, and is sent back with a code. Answers with where to. */
async function throughTheBrowser(address: string): Promise<string> {
  const authorized = await fetch(address, { redirect: 'manual' });
  expect(authorized.status).toBe(307);
  const cookie = authorized.headers.getSetCookie().map((line) => line.split(';')[0]);
  const page = new URL(authorized.headers.get('location') ?? '');
  const asked = (name: string) => page.searchParams.get(name) ?? '';
  const { token } = await TestClient.signedIn(hub.url, 'anna', 'anna');
  const body = {
    service: asked('client_id'),
    scopes: asked('scope'),
    state: asked('state'),
    redirect_uri: asked('redirect_uri'),
    response_type: 'code',
  };
  const given = await fetch(`${hub.url}/auth/code`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, cookie: cookie.join('; ') },
    body: JSON.stringify(body),
  });
  const { redirect_uri: back } = (await given.json()) as { redirect_uri: string };
  return back.replace('localhost', '127.0.0.1');
}

it('leads to the hub in the browser, and back to an account', async () => {
  const stream = house.accounts.signInWithBrowser({ url: hub.url }, AbortSignal.timeout(30_000));
  const { value: first } = await stream.next();
  if (first?.kind !== 'open') throw new Error('an address was expected');
  expect(new URL(first.address).origin).toBe(hub.url);
  const done = stream.next();
  const page = await fetch(await throughTheBrowser(first.address));
  expect(await page.text()).toMatch(/You can close this window/);
  expect((await done).value).toEqual({ kind: 'done', accountId: house.first.id });
  expect((await stream.next()).done).toBe(true);
  const client = house.fleet.attached.get(house.first.id)?.client;
  expect(await client?.user(AbortSignal.timeout(5000))).toMatchObject({ nick: 'anna' });
  expect(house.first.tokenEndsAt).toBeDefined();
});

it('leaves nothing open when the person gives up', async () => {
  const giveUp = new AbortController();
  const stream = house.accounts.signInWithBrowser({ url: hub.url }, giveUp.signal);
  const { value: first } = await stream.next();
  const back = new URL(first?.kind === 'open' ? first.address : '').searchParams.get('redirect_uri') ?? '';
  const next = stream.next();
  giveUp.abort();
  await expect(next).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(fetch(back.replace('localhost', '127.0.0.1'))).rejects.toThrow();
  expect(house.accounts.overview.accounts).toEqual([]);
});

it('leaves nothing open when the screen stops listening', async () => {
  const stream = house.accounts.signInWithBrowser({ url: hub.url }, new AbortController().signal);
  const { value: first } = await stream.next();
  const back = new URL(first?.kind === 'open' ? first.address : '').searchParams.get('redirect_uri') ?? '';
  await stream.return();
  await expect(fetch(back.replace('localhost', '127.0.0.1'))).rejects.toThrow();
});

it('is not begun while nobody chose how a sign-in would be kept', async () => {
  await house.reopen();
  const stream = house.accounts.signInWithBrowser({ url: hub.url }, new AbortController().signal);
  await expect(stream.next()).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
