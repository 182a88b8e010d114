import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { parseSha256, type Sha256 } from '../../../shared/state/ids.ts';
import { type SimulatedHubOptions, startSimulatedHub } from '../../simulator/hub/index.ts';
import type { ObjectUpload } from '../source.ts';
import { closeAll, closers, collect, longSession, never, open, openAs, problemOf, scriptedHub } from './test-support.ts';

const accounts = ['user1', 'user2'].map((nick) => ({ nick, email: `${nick}@example.com`, password: nick }));

async function start(options: SimulatedHubOptions = {}) {
  const hub = await startSimulatedHub({ accounts, ...options });
  closers.push(() => hub.close());
  return hub;
}

function shaOf(bytes: Uint8Array): Sha256 {
  const sha = parseSha256(createHash('sha256').update(bytes).digest('hex'));
  if (sha === undefined) throw new Error('a sha256 has 64 hex digits');
  return sha;
}

function upload(bytes: Uint8Array, seen: number[] = []): ObjectUpload & { readonly opened: () => number } {
  let opened = 0;
  return {
    sha: shaOf(bytes),
    size: bytes.length,
    name: 'app/root.squashfs',
    onBytes: (sent) => seen.push(sent),
    opened: () => opened,
    async *open() {
      opened += 1;
      for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
    },
  };
}

const content = randomBytes(300_000);
const sha = shaOf(content);

afterEach(closeAll);

describe('5 · 409 is a success', () => {
  it('for what the account has, and for what is linked from somebody’s public device', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const object = upload(content);
    expect(await client.uploadObject(object, never)).toBe('sent');
    expect(await client.uploadObject(object, never)).toBe('already-there');
    expect(object.opened()).toBe(1);
    const theirs = randomBytes(100);
    hub.putObject('user2', theirs);
    const state = JSON.stringify({ '#spec': 'pantavisor-service-system@1', 'a.bin': shaOf(theirs) });
    const steps = [{ rev: 0, state, message: '', progress: { status: 'DONE' } }];
    hub.seedDevice({ owner: 'user2', nick: 'open', public: true, steps });
    expect(await client.uploadObject(upload(theirs), never)).toBe('already-there');
  });

  it('tells what is missing without making anything', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    await client.uploadObject(upload(content), never);
    const absent = shaOf(randomBytes(8));
    expect(await client.missingObjects([sha, absent], never)).toEqual(new Set([absent]));
    expect(await client.objectSize(absent, never)).toBeUndefined();
    expect(await client.missingObjects([absent], never)).toEqual(new Set([absent]));
  });

  it('a record without its bytes is missing', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    hub.faults.set('signed-url-expired');
    const stop = new AbortController();
    const work = problemOf(client.uploadObject(upload(content), stop.signal));
    await expect.poll(() => hub.counts.byRoute()['PUT /local-s3/:token'] ?? 0).toBeGreaterThan(0);
    stop.abort();
    await work;
    hub.faults.clear();
    expect(await client.objectSize(sha, never)).toBe(content.length);
    expect(await client.missingObjects([sha], never)).toEqual(new Set([sha]));
    expect(await client.uploadObject(upload(content), never)).toBe('sent');
    expect(await client.missingObjects([sha], never)).toEqual(new Set());
  });
});

describe('21 · signed addresses: a day, no token, secret, whole or not at all', () => {
  const upTo = (url: string) => ({
    body: { size: '1', 'signed-puturl': `${url}/put/s3cret`, 'signed-geturl': `${url}/get/s3cret` },
  });

  it('takes no token to the store, wherever it is, and says the exact length', async () => {
    const store = await scriptedHub(({ method }) => ({ body: method === 'GET' ? content : '' }));
    const hub = await scriptedHub(() => upTo(store.url));
    const client = open(hub, longSession());
    expect(await client.uploadObject(upload(content), never)).toBe('sent');
    expect(await collect(client.downloadObject(sha, never))).toEqual(content);
    expect(store.heard.map(({ method, headers }) => [method, headers.authorization, headers['content-length']])).toEqual([
      ['PUT', undefined, String(content.length)],
      ['GET', undefined, undefined],
    ]);
  });

  it.each(['ftp://x/y', 'javascript:1', '', 'http://user:pw@127.0.0.1/x'])('does not use %j', async (address) => {
    const hub = await scriptedHub(() => ({ body: { 'signed-puturl': address } }));
    expect((await problemOf(open(hub, longSession()).uploadObject(upload(content), never))).code).toBe('REFUSED_BY_HUB');
  });

  it('shows no signed address in an error', async () => {
    const store = await scriptedHub(() => ({ status: 418, body: 'no' }));
    const hub = await scriptedHub(() => upTo(store.url));
    const error = await problemOf(open(hub, longSession()).uploadObject(upload(content), never));
    expect(JSON.stringify([error.data, error.message])).not.toContain('s3cret');
  });

  it('asks for a new address when the first has ended', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    hub.faults.set('signed-url-expired', { times: 1 });
    expect(await client.uploadObject(upload(content), never)).toBe('sent');
    hub.faults.set('signed-url-expired', { times: 1 });
    expect(await collect(client.downloadObject(sha, never))).toEqual(content);
  });

  it('begins a cut upload anew, from its first byte', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    hub.faults.set('upload-cut-midway', { amount: 100_000, times: 1 });
    const seen: number[] = [];
    const object = upload(content, seen);
    expect(await client.uploadObject(object, never)).toBe('sent');
    expect(object.opened()).toBe(2);
    expect([seen.filter((bytes) => bytes === 0).length, seen.at(-1)]).toEqual([2, content.length]);
    expect(await collect(client.downloadObject(sha, never))).toEqual(content);
  });

  it('an upload that the hub took while its answer was lost is there', async () => {
    let stored = false;
    const hub = await scriptedHub(({ method, url }, response) => {
      if (method === 'POST')
        return stored ? { status: 409, body: {} } : { body: { 'signed-puturl': url.replace('objects/', 'put') } };
      stored = true;
      response.destroy();
      return undefined;
    });
    expect(await open(hub, longSession()).uploadObject(upload(content), never)).toBe('already-there');
  });

  it('sends six at once, and a token that ends meanwhile is renewed', async () => {
    const hub = await start({ apiTokenJwtMinutes: 0.5 / 60, jwtMinutes: 0.5 / 60 });
    const client = await openAs(hub, 'user1');
    expect(client.parallelUploads).toBeGreaterThanOrEqual(6);
    hub.faults.set('upload-slow', 200_000);
    const objects = Array.from({ length: 6 }, () => upload(randomBytes(200_000)));
    const sent = objects.map((object) => client.uploadObject(object, never));
    setTimeout(() => hub.endSessions('user1'), 200);
    expect(await Promise.all(sent)).toEqual(Array.from({ length: 6 }, () => 'sent'));
    expect(
      await client.missingObjects(
        objects.map((object) => object.sha),
        never,
      ),
    ).toEqual(new Set());
  });

  it('says when bytes arrive changed, and when the quota is used up', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    hub.faults.set('quota-exceeded');
    expect((await problemOf(client.uploadObject(upload(content), never))).code).toBe('QUOTA_EXCEEDED');
    hub.faults.clear();
    hub.faults.set('upload-sha-mismatch', { times: 1 });
    expect(await client.uploadObject(upload(content), never)).toBe('sent');
  });

  it('a file that changed on this computer never arrives whole', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const object = { ...upload(content), sha: shaOf(randomBytes(9)) };
    expect((await problemOf(client.uploadObject(object, never))).code).toBe('BAD_CHECKSUM');
    expect(await client.missingObjects([object.sha], never)).toEqual(new Set([object.sha]));
  });

  it('takes an empty file', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const empty = new Uint8Array();
    expect(await client.uploadObject(upload(empty), never)).toBe('sent');
    expect(await client.objectSize(shaOf(empty), never)).toBe(0);
    expect(await collect(client.downloadObject(shaOf(empty), never))).toEqual(Buffer.alloc(0));
  });

  describe('a cut download', () => {
    /** Sends a part and breaks off, as often as there are parts; then all that was asked for. */
    async function storeThatBreaksOff(cuts: number[], ranges: boolean) {
      const asked: (string | undefined)[] = [];
      const send = (range: string | undefined, response: ServerResponse) => {
        asked.push(range);
        const from = ranges ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
        const rest = content.subarray(from);
        const headers = { 'content-length': String(rest.length) };
        if (from > 0)
          response.writeHead(206, { ...headers, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
        else response.writeHead(200, headers);
        const cut = cuts.shift();
        if (cut === undefined) response.end(rest);
        else response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
      };
      const store = await scriptedHub(({ headers }, response) => void send(headers.range, response));
      const hub = await scriptedHub(() => upTo(store.url));
      return { client: open(hub, longSession()), asked };
    }

    it('goes on where it was, where the store can', async () => {
      const { client, asked } = await storeThatBreaksOff([100_000, 50_000], true);
      expect(await collect(client.downloadObject(sha, never))).toEqual(content);
      expect(asked).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
    });

    it('is read from its start again where the store can’t, and nobody sees a gap or a repetition', async () => {
      const { client } = await storeThatBreaksOff([100_000, 120_000], false);
      expect(await collect(client.downloadObject(sha, never))).toEqual(content);
    });
  });

  it('bytes with another sha256 are said to be wrong', async () => {
    const store = await scriptedHub(() => ({ body: content.subarray(1) }));
    const hub = await scriptedHub(() => upTo(store.url));
    expect((await problemOf(collect(open(hub, longSession()).downloadObject(sha, never)))).code).toBe('BAD_CHECKSUM');
  });
});

describe('22 · sizes are texts and numbers, and “expire-time” means nothing', () => {
  it('sends the size as a text, exactly', async () => {
    const hub = await scriptedHub(() => ({ status: 409, body: {} }));
    await open(hub, longSession()).uploadObject(upload(content), never);
    expect(JSON.parse(hub.heard[0]?.body ?? '')).toMatchObject({
      sha256sum: sha,
      size: '300000',
      objectname: 'app/root.squashfs',
    });
    expect(hub.heard[0]?.url).toBe('/objects/');
  });

  it.each([
    [{ size: '12', sizeint: 12, 'expire-time': '15' }, 12],
    [{ size: '12' }, 12],
    [{ size: '', sizeint: 7 }, 7],
    [{ size: '0', sizeint: 0 }, 0],
    [{ size: null }, undefined],
  ])('reads %j', async (body, size) => {
    const hub = await scriptedHub(() => ({ body }));
    expect(await open(hub, longSession()).objectSize(sha, never)).toBe(size);
  });
});

describe('26 · objects are never deleted', () => {
  it('the client has no call for it', async () => {
    const client = open(await scriptedHub(() => ({})), longSession());
    expect(
      Object.keys(client)
        .filter((name) => /object/i.test(name))
        .sort(),
    ).toEqual(['downloadObject', 'missingObjects', 'objectSize', 'uploadObject']);
  });
});

describe('28 · redirects to bytes', () => {
  it('are followed to the store without the token, and never to a less safe place', async () => {
    const last = await scriptedHub(() => ({ body: content }));
    const store = await scriptedHub(() => ({ status: 302, headers: { location: `${last.url}/bytes` } }));
    const hub = await scriptedHub(() => ({ body: { 'signed-geturl': `${store.url}/get` } }));
    const client = open(hub, longSession());
    expect(await collect(client.downloadObject(sha, never))).toEqual(content);
    expect([...store.heard, ...last.heard].map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    const unsafe = await scriptedHub(() => ({ status: 302, headers: { location: 'file:///etc/passwd' } }));
    const other = await scriptedHub(() => ({ body: { 'signed-geturl': `${unsafe.url}/get` } }));
    expect((await problemOf(collect(open(other, longSession()).downloadObject(sha, never)))).code).toBe('REFUSED_BY_HUB');
  });
});
