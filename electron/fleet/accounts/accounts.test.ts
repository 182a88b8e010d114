import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountId, AccountStatus } from '../../../shared/contract/hub.ts';
import { type SimulatedHub, startSimulatedHub } from '../../simulator/hub/index.ts';
import { TestClient } from './test-client.ts';
import { TestHouse, testKeyring } from './test-house.ts';

const password = 'a password of anna';
const passphrase = 'a passphrase of anna';
const [certificate = ''] = rootCertificates;
const signal = AbortSignal.timeout(60_000);

let hub: SimulatedHub;
let house: TestHouse;

beforeEach(async () => {
  hub = await startSimulatedHub({ accounts: [{ nick: 'anna', email: 'anna@example.com', password }] });
  house = new TestHouse(testKeyring);
});
afterEach(async () => {
  await house.end();
  await hub.close();
});

const login = (typed = password) =>
  house.accounts.signInWithPassword({ url: hub.url }, { username: 'anna', password: typed }, signal);
const becomes = (kind: AccountStatus['kind']) => vi.waitFor(() => expect(house.first.status).toMatchObject({ kind }), 5000);
const client = (id: AccountId) => house.fleet.attached.get(id)?.client ?? expect.fail('the fleet has no such account');
const works = async (id: AccountId) => {
  expect(await client(id).devices(signal)).toEqual([]);
  await becomes('open');
};
/** Somebody else who is signed in to the same account. */
const other = () => TestClient.signedIn(hub.url, 'anna', password);
const tokens = async () => (await other()).tokens();
const tokensBecome = (count: number) => vi.waitFor(async () => expect(await tokens()).toHaveLength(count), 5000);

describe('signing in', () => {
  it('leaves an account that speaks for itself, with a token in place of the password', async () => {
    const id = await login();
    const host = new URL(hub.url).host;
    expect(house.first).toMatchObject({ id, url: hub.url, nick: 'anna', email: 'anna@example.com', demo: false, hasCa: false });
    expect(house.first.tokenEndsAt).toBeGreaterThan(Date.now() + 300 * 86_400_000);
    expect(house.fleet.attached.get(id)).toMatchObject({ label: `anna · ${host}`, demo: false });
    await works(id);
    expect(house.activity()).toEqual([`ok: signed in to ${host} as anna`]);
  });

  it('lasts over a restart', async () => {
    const id = await login();
    await house.reopen(testKeyring);
    await works(id);
  });

  it('with a wrong password says so, and leaves nothing', async () => {
    await expect(login('wrong')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    expect([house.accounts.overview.accounts, house.fleet.calls]).toEqual([[], []]);
    expect(readdirSync(house.profile.dir)).not.toContain('secrets.json');
  });

  it('is not even tried while nobody chose how it would be kept', async () => {
    await house.reopen();
    await expect(login()).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(hub.counts.requests()).toBe(0);
  });

  it('again to the same account renews it: the id stays, and the token before is revoked', async () => {
    const id = await login();
    expect(await login()).toBe(id);
    expect([house.accounts.overview.accounts.length, house.fleet.calls]).toEqual([1, ['attach']]);
    await tokensBecome(1);
    await works(id);
  });

  it('with another certificate opens the account anew, under the same id', async () => {
    const id = await login();
    const address = { url: hub.url, ca: certificate };
    expect(await house.accounts.signInWithPassword(address, { username: 'anna', password }, signal)).toBe(id);
    await vi.waitFor(() => expect(house.fleet.calls).toEqual(['attach', 'detach', 'attach']), 5000);
    await works(id);
    expect(await login()).toBe(id);
    expect(house.accounts.overview.accounts, 'a certificate that was given once is kept').toMatchObject([{ id, hasCa: true }]);
  });

  it('that can not be kept is taken back', async () => {
    await house.reopen({ ...testKeyring, encrypt: () => expect.fail('locked') });
    await expect(login()).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
    expect([house.accounts.overview.accounts, house.fleet.calls]).toEqual([[], []]);
    await tokensBecome(0);
  });

  it('takes a session that pvr left, when asked', async () => {
    const { accounts, pvrDir } = house;
    expect(await accounts.pvrSessions()).toEqual([]);
    await expect(accounts.signInFromPvr({ url: hub.url }, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    mkdirSync(pvrDir);
    const { token } = await other();
    const key = `${hub.url}/auth realm=pantahub services`;
    const entry = { Name: key, 'access-token': token, 'refresh-token': token };
    writeFileSync(join(pvrDir, 'auth.json'), JSON.stringify({ spec: '1', tokens: { [key]: entry } }));
    expect(await accounts.pvrSessions()).toEqual([{ url: hub.url, nick: 'anna', endsAt: expect.any(Number), usable: true }]);
    const id = await accounts.signInFromPvr({ url: hub.url }, signal);
    expect(house.first).toMatchObject({ id, nick: 'anna', tokenEndsAt: expect.any(Number) });
  });
});

describe('secrets', () => {
  it('in memory end with the run, and the account says why', async () => {
    await house.reopen();
    await house.accounts.chooseSecrets({ kind: 'memory' });
    const id = await login();
    await house.reopen();
    const { status } = house.first;
    const problem = { code: 'SESSION_ENDED', what: expect.stringMatching(/in memory only/) };
    expect(status).toMatchObject({ kind: 'signed-out', problem });
    expect(client(id).status).toEqual(status);
    expect(await login()).toBe(id);
    await works(id);
  });

  it('under a passphrase are locked after a restart, and accounts come up when it is typed', async () => {
    await house.reopen();
    await house.accounts.chooseSecrets({ kind: 'passphrase', passphrase });
    const id = await login();
    await house.reopen();
    expect([house.first.status, client(id).status]).toEqual([{ kind: 'locked' }, { kind: 'locked' }]);
    await expect(login()).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await expect(house.accounts.unlockSecrets('another one')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    const told = vi.fn();
    client(id).onStatus(told);
    await house.accounts.unlockSecrets(passphrase);
    expect(told).toHaveBeenCalled();
    await works(id);
  });

  it('in a keyring that is not there are said to be there', async () => {
    await login();
    await house.reopen();
    expect(house.accounts.overview.secrets).toMatchObject({ kind: 'undecided', keyringAvailable: false });
    expect(house.first.status).toMatchObject({ kind: 'signed-out', problem: { what: expect.stringMatching(/keyring/) } });
  });
});

describe('signing out', () => {
  it('revokes the token, deletes the secret, and takes its devices along', async () => {
    const id = await login();
    expect(await house.accounts.signOut(id)).toBeUndefined();
    expect([house.accounts.overview.accounts, house.fleet.calls]).toEqual([[], ['attach', 'forget']]);
    expect([house.profile.secrets.get(id), await tokens()]).toEqual([undefined, []]);
    await house.reopen(testKeyring);
    expect(house.accounts.overview.accounts).toEqual([]);
    await expect(house.accounts.signOut(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a hub that is down is signing out all the same, and says that the token lives on', async () => {
    const id = await login();
    hub.faults.set('every-500');
    const problem = await house.accounts.signOut(id);
    expect(problem).toMatchObject({ what: expect.stringMatching(/could not be told/) });
    expect([house.accounts.overview.accounts, house.profile.secrets.get(id)]).toEqual([[], undefined]);
    expect(house.activity()[0]).toMatch(/^failed: signed out/);
  });

  it('while the secrets are locked says so, and the secret leaves the file when they are unlocked', async () => {
    await house.reopen();
    await house.accounts.chooseSecrets({ kind: 'passphrase', passphrase });
    const id = await login();
    await house.reopen();
    expect(await house.accounts.signOut(id)).toMatchObject({ code: 'SECRETS_LOCKED' });
    await house.accounts.unlockSecrets(passphrase);
    expect(house.profile.secrets.get(id)).toBeUndefined();
  });

  it('twice at once is once', async () => {
    const id = await login();
    expect(await Promise.all([house.accounts.signOut(id), house.accounts.signOut(id)])).toEqual([undefined, undefined]);
    expect(house.fleet.calls).toEqual(['attach', 'forget']);
  });
});

it('a session that the hub ended is noted once, and signing in again goes on with the same account', async () => {
  const id = await login();
  await works(id);
  await (await other()).revokeAll();
  hub.endSessions('anna');
  for (let asked = 0; asked < 2; asked += 1) {
    await expect(client(id).devices(signal)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  }
  expect(house.first.status.kind).toBe('signed-out');
  expect(house.activity().filter((line) => line.startsWith('failed: the hub ended the session'))).toHaveLength(1);
  expect(await login()).toBe(id);
  await works(id);
});

/** The account's token has ten days left. */
function endSoon(id: AccountId): void {
  const { secrets } = house.profile;
  const credential = JSON.parse(secrets.get(id) ?? '');
  secrets.set(id, JSON.stringify({ ...credential, endsAt: Date.now() + 10 * 86_400_000 }));
}

it('a token that is being exchanged when its account is signed out brings the account not back', async () => {
  const id = await login();
  endSoon(id);
  await house.reopen(testKeyring);
  hub.faults.set('slow', { amount: 1500, path: '/tokens/', method: 'DELETE' });
  await house.accounts.signOut(id);
  hub.faults.clear();
  await tokensBecome(0);
  expect([house.accounts.overview.accounts, house.profile.accounts.all()]).toEqual([[], []]);
});

it('a personal token that ends soon is exchanged for a fresh one, at the next start', async () => {
  const id = await login();
  endSoon(id);
  const [before] = await tokens();
  await house.reopen(testKeyring);
  await vi.waitFor(() => expect(house.activity()[0]).toMatch(/^ok: renewed the token/), 10_000);
  await tokensBecome(1);
  const [after] = await tokens();
  expect([after?.id === before?.id, house.fleet.calls]).toEqual([false, ['attach']]);
  await house.reopen(testKeyring);
  await works(id);
});

it('an account that is signed out while it is opened anew stays out', async () => {
  const id = await login();
  await house.accounts.signInWithPassword({ url: hub.url, ca: certificate }, { username: 'anna', password }, signal);
  await house.accounts.signOut(id);
  await house.close();
  expect(house.fleet.calls.at(-1)).toBe('forget');
});

describe('the account of the simulated hub', () => {
  const adopt = () => house.accounts.adopt({ url: hub.url, nick: 'anna', password });

  it('needs no keeping, and keeps its id from start to start', async () => {
    await house.reopen();
    const id = await adopt();
    expect([house.first.demo, house.accounts.overview.secrets.kind]).toEqual([true, 'undecided']);
    await works(id);
    await house.reopen();
    expect([house.first.status, house.fleet.calls]).toEqual([{ kind: 'connecting' }, []]);
    expect(await adopt()).toBe(id);
    await works(id);
    expect(readdirSync(house.profile.dir)).not.toContain('secrets.json');
  });

  it('that is started again in the same run is reached at its new address', async () => {
    const id = await adopt();
    expect(await adopt()).toBe(id);
    expect(house.fleet.calls).toEqual(['attach', 'detach', 'attach']);
    await works(id);
  });

  it('goes with the simulated fleet, and leaves a real account of the same name', async () => {
    await login();
    await adopt();
    await house.accounts.dropDemo();
    expect(house.accounts.overview.accounts.map(({ demo }) => demo)).toEqual([false]);
  });
});

it('refreshing asks for the devices again; quota and probe pass through', async () => {
  const id = await login();
  await house.accounts.refresh(id, signal);
  expect(house.fleet.calls).toEqual(['attach', 'list']);
  expect((await house.accounts.quota(id, signal)).quotas.length).toBeGreaterThan(0);
  expect(await house.accounts.probe({ url: hub.url }, signal)).toMatchObject({ kind: 'hub' });
});
