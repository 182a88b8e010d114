import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { parseSha256, Sha256 } from '../../../shared/state/ids.ts';
import { type HubFaultName, startSimulatedHub } from '../../simulator/hub/index.ts';
import {
  closeAll,
  closers,
  collect,
  deviceId,
  longSession,
  longToken,
  never,
  open,
  openAs,
  problemOf,
  scriptedHub,
  signIn,
  spec,
} from './test-support.ts';

const accounts = [{ nick: 'user1', email: 'user1@example.com', password: 'user1' }];
const state = (note: string) => `{"#spec":"${spec}","note.json":{"is":"${note}"}}`;

async function start() {
  const hub = await startSimulatedHub({ accounts });
  closers.push(() => hub.close());
  const steps = [{ rev: 0, state: state('factory'), message: 'Factory State (rev 0)', progress: { status: 'DONE' } }];
  const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps });
  return { hub, id, client: await openAs(hub, 'user1') };
}

afterEach(closeAll);

describe('a hub in trouble', () => {
  const troubles: readonly (readonly [HubFaultName, string, string])[] = [
    ['every-500', 'REFUSED_BY_HUB', 'open'],
    ['html-instead-of-json', 'NOT_A_HUB', 'silent'],
    ['empty-body', 'BAD_REPLY', 'silent'],
    ['truncated-reply', 'NOT_ANSWERING', 'silent'],
    ['endless-reply', 'BAD_REPLY', 'silent'],
    ['503-with-retry-after', 'NOT_ANSWERING', 'silent'],
    ['redirect-to-elsewhere', 'NOT_A_HUB', 'silent'],
    ['down', 'UNREACHABLE', 'silent'],
  ];
  it.each(troubles)('%s is %s, and passes', async (fault, code, kind) => {
    const { hub, client } = await start();
    await client.user(never);
    hub.faults.set(fault);
    const error = await problemOf(client.user(never));
    expect([error.code, client.status.kind]).toEqual([code, kind]);
    for (const sentence of [error.data.what, error.data.unchanged, error.data.next]) expect(sentence).toMatch(/^\S.*\.$/s);
    hub.faults.clear();
    await expect
      .poll(() =>
        client.user(never).then(
          ({ nick }) => nick,
          () => undefined,
        ),
      )
      .toBe('user1');
    expect(client.status.kind).toBe('open');
  });

  it.each([
    ['in seconds', () => '30', 'It asks for 30 s of patience.'],
    ['as a date', () => new Date(Date.now() + 31_000).toUTCString(), 'It asks for patience.'],
  ])('that asks for patience %s is understood', async (_name, asked, words) => {
    const hub = await scriptedHub(() => ({ status: 429, headers: { 'retry-after': asked() } }));
    const client = open(hub, longSession());
    const { code, data } = await problemOf(client.user(never));
    expect([code, data.next]).toEqual(['NOT_ANSWERING', `${words} It is asked again by itself.`]);
    const rest = (client.restUntil ?? 0) - Date.now();
    expect(rest > 25_000 && rest <= 31_000, `${rest} ms`).toBe(true);
  });

  it('gets its patience from an upload too', async () => {
    const asked: number[] = [];
    const hub = await scriptedHub(() => {
      asked.push(Date.now());
      return asked.length === 1 ? { status: 503, headers: { 'retry-after': '2' } } : { status: 409, body: {} };
    });
    const sha = Sha256.parse('a'.repeat(64));
    const upload = { sha, size: 0, name: 'a', open: async function* () {}, onBytes: () => undefined };
    expect(await open(hub, longSession()).uploadObject(upload, never)).toBe('already-there');
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(1900);
  });

  it('is told once, with since when it is silent and when it was heard last', async () => {
    const { hub, client } = await start();
    await client.user(never);
    const seen: string[] = [];
    client.onStatus(() => seen.push(client.status.kind));
    hub.faults.set('down');
    for (let asked = 0; asked < 3; asked += 1) await problemOf(client.user(never));
    expect(client.status).toMatchObject({ kind: 'silent', since: expect.any(Number), heardAt: expect.any(Number) });
    hub.faults.clear();
    await expect
      .poll(() =>
        client.user(never).then(
          ({ nick }) => nick,
          () => undefined,
        ),
      )
      .toBe('user1');
    expect(seen).toEqual(['silent', 'open']);
  });

  it('that asks for logins elsewhere gets none there', async () => {
    const { hub, client } = await start();
    hub.faults.set('foreign-ph-aeps');
    hub.endSessions('user1');
    expect((await client.user(never)).nick).toBe('user1');
  });
});

it('an export is asked for again with another token, however long the refusal of the first one is', async () => {
  let refusals = 0;
  const hub = await scriptedHub(({ method, url }) => {
    if (method === 'POST') return { body: { token: longToken() } };
    if (url.startsWith('/auth/')) return { body: { nick: 'user1', prn: 'prn:::accounts:/1' } };
    if (url.startsWith('/devices/')) return { body: [{ id: deviceId, nick: 'kitchen', owner: 'prn:::accounts:/1' }] };
    if (refusals > 0) return { body: 'the revision' };
    refusals += 1;
    return { status: 401, body: 'x'.repeat(300_000) };
  });
  const client = open(hub, { kind: 'api-token', id: '1', name: 'n', secret: 's', endsAt: undefined });
  expect((await collect(client.exportRevision(deviceId, 1, never))).toString()).toBe('the revision');
});

describe('posting while the hub fails', () => {
  const post = { revision: 1, message: 'm', committer: 'user1', state: state('mine') };

  it('finds its revision when the hub is back, though the answer was lost and nobody could be asked', async () => {
    const { hub, id, client } = await start();
    await client.steps(id, { count: 1 }, never);
    hub.faults.set('lose-reply-of-post', { times: 1 });
    hub.onStep(() => {
      hub.faults.set('503-with-retry-after', '/trails/');
      setTimeout(() => hub.faults.clear(), 600);
    });
    expect(await client.postStep(id, post, never)).toMatchObject({ revision: 1 });
    expect(await client.head(id, never)).toBe(1);
  });

  it('says that it posted nothing where nothing arrived', async () => {
    const { hub, id, client } = await start();
    await client.steps(id, { count: 1 }, never);
    hub.faults.set('503-with-retry-after', { path: '/trails/', method: 'POST', times: 1 });
    const error = await problemOf(client.postStep(id, post, never));
    expect([error.code, error.data.unchanged]).toEqual(['NOT_ANSWERING', 'No revision was posted.']);
    expect(await client.postStep(id, post, never)).toMatchObject({ revision: 1 });
  });

  it('a token that ended meanwhile is renewed, and the revision posted once', async () => {
    const { hub, id, client } = await start();
    await client.head(id, never);
    hub.endSessions('user1');
    await client.postStep(id, post, never);
    expect((await client.steps(id, { count: 9 }, never)).map(({ revision }) => revision)).toEqual([1, 0]);
  });
});

describe('objects while the hub fails', () => {
  it('an upload waits out a hub that is away for a moment', async () => {
    const { hub, client } = await start();
    const content = randomBytes(50_000);
    const sha = parseSha256(createHash('sha256').update(content).digest('hex'));
    if (sha === undefined) throw new Error('a sha256 has 64 hex digits');
    const upload = {
      sha,
      size: content.length,
      name: 'a',
      onBytes: () => undefined,
      async *open() {
        yield content;
      },
    };
    await client.user(never);
    hub.faults.set('down');
    setTimeout(() => hub.faults.clear(), 700);
    expect(await client.uploadObject(upload, never)).toBe('sent');
    expect(await collect(client.downloadObject(sha, never))).toEqual(content);
    expect((await problemOf(collect(client.downloadObject(parseSha256('0'.repeat(64)) ?? sha, never)))).code).toBe('NOT_FOUND');
  });

  it('exports a revision as the hub packs it', async () => {
    const { hub, id, client } = await start();
    const tar = gunzipSync(await collect(client.exportRevision(id, 0, never)));
    expect(tar.includes('pantavisor-service-system@1')).toBe(true);
    hub.faults.set('every-500', '/exports/');
    expect((await problemOf(collect(client.exportRevision(id, 0, never)))).code).toBe('REFUSED_BY_HUB');
  });
});

describe('the account', () => {
  it('tells its quota', async () => {
    const { client } = await start();
    const { plan, quotas } = await client.quota(never);
    expect([plan, quotas.map(({ name }) => name).sort()]).toEqual(['FREE', ['BANDWIDTH', 'DEVICES', 'OBJECTS']]);
    expect(quotas.find(({ name }) => name === 'DEVICES')).toMatchObject({ used: 1, max: 25, unit: 'Piece' });
  });

  it('revokes its token, which then opens nothing any more', async () => {
    const { hub } = await start();
    const { credential } = await signIn(hub, 'user1');
    const client = open(hub, credential);
    await client.revoke(never);
    expect((await problemOf(open(hub, credential).user(never))).code).toBe('SESSION_ENDED');
  });
});
