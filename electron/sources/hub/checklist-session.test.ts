import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Sha256 } from '../../../shared/state/ids.ts';
import { type SimulatedHubOptions, startSimulatedHub } from '../../simulator/hub/index.ts';
import type { HubCredential } from './hub.ts';
import { probeHub, signInWithToken } from './index.ts';
import {
  closeAll,
  closers,
  collect,
  jwt,
  longSession,
  longToken,
  never,
  open,
  openAs,
  problemOf,
  scriptedHub,
  signIn,
  until,
} from './test-support.ts';

const accounts = [{ nick: 'user1', email: 'user1@example.com', password: 'user1' }];

async function start(options: Omit<SimulatedHubOptions, 'accounts'> = {}) {
  const hub = await startSimulatedHub({ accounts, ...options });
  closers.push(() => hub.close());
  return hub;
}

afterEach(closeAll);

describe('1 · a slash at the end of roots, and of nothing else', () => {
  it('asks the simulated hub for each kind of thing without being sent on', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [] });
    const client = await openAs(hub, 'user1');
    await client.devices(never);
    await client.device(id, never);
    await client.rename(id, 'cellar', never);
    await client.user(never);
    const roots = /^\S+ \/(auth|devices|trails|objects|logs|tokens|dash|profiles|apps)$/;
    expect(Object.keys(hub.counts.byRoute()).filter((route) => roots.test(route))).toEqual([]);
  });
});

describe('2 · a user agent with everything', () => {
  it('says which program it is, to the hub and to its store', async () => {
    const hub = await scriptedHub(({ method }) => (method === 'POST' ? { body: { token: longToken() } } : { body: [] }));
    const client = open(hub, { kind: 'api-token', id: '1', name: 'n', secret: 's', endsAt: undefined });
    await client.devices(never);
    expect(hub.heard.map(({ headers }) => headers['user-agent'])).toEqual([
      expect.stringMatching(/^Trailboss\/\d/),
      expect.stringMatching(/^Trailboss\/\d/),
    ]);
  });
});

describe('2 · a user agent with bytes too', () => {
  it('both ways', async () => {
    const sha = Sha256.parse(createHash('sha256').update('').digest('hex'));
    const hub = await scriptedHub(({ url }) =>
      url.startsWith('/store')
        ? { body: '' }
        : { body: { size: '0', 'signed-puturl': '/store/put', 'signed-geturl': '/store/get' } },
    );
    const client = open(hub, longSession());
    await client.uploadObject({ sha, size: 0, name: 'a', open: async function* () {}, onBytes: () => undefined }, never);
    await collect(client.downloadObject(sha, never));
    const agents = hub.heard.filter(({ url }) => url.startsWith('/store')).map(({ headers }) => headers['user-agent']);
    expect(agents).toEqual([expect.stringMatching(/^Trailboss/), expect.stringMatching(/^Trailboss/)]);
  });
});

describe('3 · four shapes of an error', () => {
  const shapes = [
    [{ status: 500, body: { error: 'REST-ERR-ID-17', code: 500 } }, 'HTTP 500 · REST-ERR-ID-17'],
    [{ status: 400, body: { error: 'REST-ERR-ID-18', msg: 'nick is bad' } }, 'HTTP 400 · REST-ERR-ID-18 · nick is bad'],
    [{ status: 405, body: { Error: 'Method not allowed' } }, 'HTTP 405 · Method not allowed'],
    [{ status: 500, body: { code: 500, message: 'You need to be logged in' } }, 'HTTP 500 · You need to be logged in'],
    [{ status: 500, body: '' }, 'HTTP 500'],
  ] as const;
  it.each(shapes)('%j', async (said, raw) => {
    const hub = await scriptedHub(() => said);
    const error = await problemOf(open(hub, longSession()).user(never));
    expect([error.code, error.data.raw]).toEqual(['REFUSED_BY_HUB', raw]);
  });

  it('a proxy before a hub that is down is no refusal', async () => {
    const said = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' };
    const hub = await scriptedHub(() => said);
    const client = open(hub, longSession());
    expect((await problemOf(client.user(never))).code).toBe('NOT_ANSWERING');
    expect(client.status.kind).toBe('silent');
  });

  it('a body that is not the hub’s own is not shown: it may have secrets in it', async () => {
    const hub = await scriptedHub(() => ({ body: '[{"id":"aaaaaaaaaaaaaaaaaaaaaaaa","secret":"s3cret","ni' }));
    const error = await problemOf(open(hub, longSession()).devices(never));
    expect(error.code).toBe('BAD_REPLY');
    expect(JSON.stringify([error.data, error.message])).not.toContain('s3cret');
  });
});

describe('20 · tokens: renewed before they end, at most a day, once at a time', () => {
  it('turns a password into an API token of type USER, and never keeps the password', async () => {
    const hub = await start();
    const { user, credential } = await signIn(hub, 'user1');
    expect(user).toEqual({ nick: 'user1', prn: expect.any(String), email: 'user1@example.com' });
    expect(credential).toMatchObject({ kind: 'api-token', name: expect.stringMatching(/^trailboss-bench-[0-9a-f]{8}$/) });
    expect(JSON.stringify(credential)).not.toContain('password');
    expect((await open(hub, credential).user(never)).nick).toBe('user1');
  });

  it('says which password is wrong', async () => {
    const error = await problemOf(signIn(await start(), 'user1', 'guess'));
    expect(error.code).toBe('LOGIN_REFUSED');
  });

  it.each([404, 405])('is content with a session where the hub has no API tokens (%i)', async (status) => {
    const hub = await scriptedHub(({ method, url }) => {
      if (url === '/auth/login') return { body: { token: longToken() } };
      if (url === '/auth/') return { body: { nick: 'user1', prn: 'prn:::accounts:/1', email: null, password: 'user1' } };
      return { status, body: { Error: `${method} is not known` } };
    });
    const { user, credential } = await signIn(hub, 'user1');
    expect(credential.kind).toBe('session');
    expect(user).toEqual({ nick: 'user1', prn: 'prn:::accounts:/1', email: undefined });
  });

  it('takes an empty token for a refusal', async () => {
    const hub = await scriptedHub(() => ({ body: { token: '' } }));
    expect((await problemOf(signIn(hub, 'user1'))).code).toBe('LOGIN_REFUSED');
  });

  it('understands a text as the time when a token ends', async () => {
    const token = jwt({ exp: new Date(Date.now() + 600_000).toISOString(), type: 'USER' });
    const hub = await scriptedHub(({ url }) =>
      url === '/auth/' ? { body: { nick: 'n', prn: 'p' } } : { status: 404, body: {} },
    );
    const { credential } = await signInWithToken({ url: hub.url }, token, { now: Date.now, computer: 'x', signal: never });
    expect(credential.endsAt).toBeGreaterThan(Date.now() + 500_000);
    expect(credential.endsAt).toBeLessThan(Date.now() + 700_000);
  });

  it('does not renew one that says no end with every question', async () => {
    const token = jwt({ orig_iat: Math.floor(Date.now() / 1000), type: 'USER' });
    const hub = await scriptedHub(({ url }) => ({ body: url === '/auth/login' ? { token } : [] }));
    const client = open(hub, { kind: 'session', token, endsAt: Date.now() + 3_600_000 });
    for (let asked = 0; asked < 3; asked += 1) await client.devices(never);
    expect(hub.heard.map(({ url }) => url)).toEqual(['/devices/', '/devices/', '/devices/']);
  });

  it('renews a token that is about to end, and nobody notices', async () => {
    const hub = await start({ apiTokenJwtMinutes: 0.5 / 60, jwtMinutes: 0.5 / 60 });
    const client = await openAs(hub, 'user1');
    await client.user(never);
    const before = hub.counts.byRoute()['GET /auth/login'] ?? 0;
    for (const end = Date.now() + 1200; Date.now() < end; ) await client.user(never);
    expect((hub.counts.byRoute()['GET /auth/login'] ?? 0) - before).toBeGreaterThan(1);
    expect(client.status.kind).toBe('open');
  });

  it('signs in again with the API token where renewing is over', async () => {
    const hub = await start({ apiTokenJwtMinutes: 0.3 / 60, jwtMinutes: 0.3 / 60, maxRefreshMinutes: 0.00001 });
    const client = await openAs(hub, 'user1');
    for (const end = Date.now() + 1000; Date.now() < end; ) await client.user(never);
    expect(hub.counts.byRoute()['POST /auth/login']).toBeGreaterThan(3);
    expect(client.status.kind).toBe('open');
  });

  it('renews once for all who wait', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    await client.user(never);
    hub.endSessions('user1');
    hub.counts.reset();
    await Promise.all(Array.from({ length: 20 }, () => client.devices(never)));
    expect(hub.counts.byRoute()['POST /auth/login']).toBe(1);
  });

  it('one who gives up waiting does not end the renewal of the others', async () => {
    const hub = await start();
    const { credential } = await signIn(hub, 'user1');
    hub.faults.set('slow', { amount: 200, path: '/auth/login' });
    const client = open(hub, credential);
    const impatient = new AbortController();
    const given = problemOf(client.devices(impatient.signal));
    const patient = client.devices(never);
    impatient.abort();
    expect((await given).code).toBe('CANCELLED');
    expect(await patient).toEqual([]);
  });

  it('who waits for a renewal when the account is closed hears that it ended', async () => {
    const hub = await scriptedHub(() => undefined);
    const client = open(hub, { kind: 'api-token', id: '1', name: 'n', secret: 's', endsAt: undefined });
    const asked = problemOf(client.devices(never));
    await until(() => hub.heard.length > 0);
    await client.close();
    expect((await asked).code).toBe('SESSION_ENDED');
    expect((await problemOf(client.devices(never))).code).toBe('SESSION_ENDED');
  });

  it('ends only when the hub refuses the API token itself, and begins again with another', async () => {
    const hub = await start();
    const { credential } = await signIn(hub, 'user1');
    const client = open(hub, credential);
    await client.revoke(never);
    hub.endSessions('user1');
    const kinds: string[] = [];
    client.onStatus(() => kinds.push(client.status.kind));
    expect((await problemOf(client.devices(never))).code).toBe('SESSION_ENDED');
    expect(client.status).toMatchObject({ kind: 'signed-out', problem: { code: 'SESSION_ENDED' } });
    hub.counts.reset();
    expect((await problemOf(client.devices(never))).code).toBe('SESSION_ENDED');
    expect(hub.counts.requests()).toBe(0);
    client.renewWith((await signIn(hub, 'user1')).credential);
    expect(await client.devices(never)).toEqual([]);
    expect(kinds).toEqual(['signed-out', 'connecting', 'open']);
  });

  it('a hub in trouble ends no session', async () => {
    const hub = await start();
    const { credential } = await signIn(hub, 'user1');
    const client = open(hub, credential);
    for (const fault of [
      'every-500',
      'html-instead-of-json',
      'empty-body',
      'truncated-reply',
      '503-with-retry-after',
      'down',
    ] as const) {
      hub.faults.set(fault);
      expect((await problemOf(client.devices(never))).code).not.toBe('SESSION_ENDED');
      hub.faults.clear();
    }
    await expect.poll(async () => (await client.devices(never).catch(() => undefined)) ?? 'not yet').toEqual([]);
    expect(client.status.kind).toBe('open');
  });

  it('a session is renewed too, and kept', async () => {
    const hub = await start({ jwtMinutes: 0.5 / 60 });
    const login = await fetch(`${hub.url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'test' },
      body: JSON.stringify({ username: 'user1', password: 'user1' }),
    });
    const { token } = (await login.json()) as { token: string };
    const kept: HubCredential[] = [];
    const client = open(hub, { kind: 'session', token, endsAt: Date.now() + 86_400_000 }, kept);
    for (const end = Date.now() + 800; Date.now() < end; ) await client.user(never);
    expect(kept.length).toBeGreaterThan(0);
    hub.endSessions('user1');
    expect((await problemOf(client.user(never))).code).toBe('SESSION_ENDED');
  });

  it('goes by the hub’s clock where this computer’s is wrong', async () => {
    const skewed = () => Date.now() + 3 * 3_600_000;
    const hub = await start();
    const client = open(hub, (await signIn(hub, 'user1')).credential, [], skewed);
    await client.user(never);
    hub.counts.reset();
    for (let asked = 0; asked < 5; asked += 1) await client.user(never);
    expect(hub.counts.byRoute()).toEqual({ 'GET /auth/': 5 });
  });

  it('without any credential it is signed out from the start', async () => {
    const client = open(await start(), undefined);
    expect(client.status.kind).toBe('signed-out');
    expect((await problemOf(client.devices(never))).code).toBe('SESSION_ENDED');
  });
});

describe('24 · nowhere else, whatever the hub names', () => {
  it('does not ask the place that a challenge names', async () => {
    const elsewhere = await scriptedHub(() => ({ body: { token: longToken() } }));
    const challenge = { 'www-authenticate': `JWT realm="pantahub services", ph-aeps="${elsewhere.url}/auth"` };
    const hub = await scriptedHub(() => ({ status: 401, headers: challenge, body: { Error: 'Not Authorized' } }));
    expect((await problemOf(open(hub, longSession()).devices(never))).code).toBe('SESSION_ENDED');
    expect(elsewhere.heard).toEqual([]);
  });

  it.each([301, 302, 307, 308])('does not follow a redirect (%i), and takes no token there', async (status) => {
    const elsewhere = await scriptedHub(() => ({ body: [] }));
    const hub = await scriptedHub(({ url }) => ({ status, headers: { location: `${elsewhere.url}${url}` } }));
    const client = open(hub, longSession());
    expect((await problemOf(client.devices(never))).code).toBe('NOT_A_HUB');
    expect(elsewhere.heard).toEqual([]);
    expect(client.status.kind).toBe('silent');
  });

  it('takes from .pvrremote the number and not the address', async () => {
    const hub = await start();
    const steps = [0, 1, 2].map((rev) => ({
      rev,
      state: '{"#spec":"pantavisor-service-system@1"}',
      message: '',
      progress: { status: 'DONE' },
    }));
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps });
    const client = await openAs(hub, 'user1');
    hub.faults.set('foreign-pvrremote');
    expect(await client.head(id, never)).toBe(2);
  });
});

describe('what answers at an address', () => {
  const probe = (url: string) => probeHub({ url }, { now: Date.now, signal: never });

  it('a hub', async () => {
    expect(await probe((await start()).url)).toMatchObject({ kind: 'hub' });
  });

  it.each([
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html>hello</html>' }, 'NOT_A_HUB'],
    ['some other API', { body: { hello: 'world' } }, 'NOT_A_HUB'],
    ['another API that wants a login', { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }, 'NOT_A_HUB'],
    ['a redirect', { status: 302, headers: { location: 'https://example.net/' } }, 'NOT_A_HUB'],
    ['a proxy whose hub is down', { status: 503, body: '' }, 'NOT_ANSWERING'],
  ])('%s', async (_name, said, code) => {
    const hub = await scriptedHub(() => said);
    expect(await probe(hub.url)).toMatchObject({ kind: 'problem', problem: { code } });
  });

  it('nobody', async () => {
    const hub = await scriptedHub(() => undefined);
    await closeAll();
    expect(await probe(hub.url)).toMatchObject({ kind: 'problem', problem: { code: 'UNREACHABLE' } });
  });
});
