import { afterEach, describe, expect, it } from 'vitest';
import { startSimulatedHub } from '../../simulator/hub/index.ts';
import { closeAll, closers, deviceId, longSession, never, open, openAs, problemOf, scriptedHub } from './test-support.ts';

const accounts = ['user1', 'user2'].map((nick) => ({
  nick,
  email: `${nick}@example.com`,
  password: nick,
  globalMeta: { 'everywhere.key': 'profile' },
}));

async function start() {
  const hub = await startSimulatedHub({ accounts });
  closers.push(() => hub.close());
  return hub;
}

afterEach(closeAll);

describe('11 · secrets stop where they come in', () => {
  it('no answer about devices has the secret or the challenge in it', async () => {
    const hub = await start();
    const kitchen = hub.seedDevice({ owner: 'user1', nick: 'kitchen', secret: 'topsecret', steps: [] });
    const loose = hub.seedDevice({ owner: undefined, nick: 'loose', secret: 'topsecret', challenge: 'a-b-c', steps: [] });
    const client = await openAs(hub, 'user1');
    const answers = [
      await client.devices(never),
      await client.device(kitchen.id, never),
      await client.claim(loose.id, 'a-b-c', never),
      await client.rename(kitchen.id, 'cellar', never),
      await client.setPublic(kitchen.id, true, never),
      await client.setPublic(kitchen.id, false, never),
      await client.deleteDevice(kitchen.id, never),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/topsecret|a-b-c|"secret"|"challenge"/);
  });

  it('nor has the account’s own answer the password of a demo account', async () => {
    const hub = await scriptedHub(() => ({ body: { nick: 'user1', prn: 'prn:pantahub.com:auth:/user1', password: 'user1pw' } }));
    expect(JSON.stringify(await open(hub, longSession()).user(never))).not.toContain('user1pw');
  });
});

describe('12 · U+FF2E is a dot', () => {
  it('in whatever is read, and the real dot where both are there gives way to what was quoted', async () => {
    const quoted = { 'pvr-sdkＮauthorized_keys': 'k', plain: 1, aＮb: 'quoted', 'a.b': 'raw' };
    const row = { id: deviceId, nick: 'n', owner: 'o', 'user-meta': quoted, 'device-meta': { xＮy: { inＮner: 1 } } };
    const hub = await scriptedHub(({ url }) => ({ body: url === '/profiles/config/meta' ? quoted : [row] }));
    const client = open(hub, longSession());
    const wanted = { 'pvr-sdk.authorized_keys': 'k', plain: 1, 'a.b': 'quoted' };
    expect(await client.globalMeta(never)).toEqual(wanted);
    const [device] = await client.devices(never);
    expect([device?.userMeta, device?.deviceMeta]).toEqual([wanted, { 'x.y': { inＮner: 1 } }]);
  });

  it('after a rename and a publication too, which forget to put them back', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', userMeta: { 'label.site': 'lab' }, steps: [] });
    const client = await openAs(hub, 'user1');
    expect((await client.rename(id, 'cellar', never)).userMeta).toEqual({ 'label.site': 'lab' });
    expect((await client.setPublic(id, true, never)).userMeta).toEqual({ 'label.site': 'lab' });
  });

  it.each(['aＮb', '$set'])('is not sent: %s', async (key) => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [] });
    const client = await openAs(hub, 'user1');
    expect((await problemOf(client.changeUserMeta(id, (own) => ({ ...own, [key]: 1 }), never))).code).toBe('BAD_INPUT');
    expect((await client.device(id, never)).userMeta).toEqual({});
  });
});

describe('13 · user-meta: null is no deletion, one device alone comes merged, the last writer wins', () => {
  async function kitchen() {
    const hub = await start();
    const { id } = hub.seedDevice({
      owner: 'user1',
      nick: 'kitchen',
      userMeta: { 'a.b': '1', other: { deep: [1, 2] } },
      steps: [],
    });
    return { hub, id, client: await openAs(hub, 'user1'), second: await openAs(hub, 'user1') };
  }

  it('sets, deletes, and never writes the profile’s keys into the device', async () => {
    const { id, client } = await kitchen();
    expect((await client.device(id, never)).userMeta).toEqual({ 'a.b': '1', other: { deep: [1, 2] } });
    const after = await client.changeUserMeta(id, ({ 'a.b': _gone, ...own }) => ({ ...own, 'label.site': 'lab' }), never);
    expect(after).toEqual({ other: { deep: [1, 2] }, 'label.site': 'lab' });
    expect((await client.device(id, never)).userMeta).toEqual(after);
    expect(await client.globalMeta(never)).toEqual({ 'everywhere.key': 'profile' });
  });

  it('deletes a key whatever it is called', async () => {
    const { id, client } = await kitchen();
    await client.changeUserMeta(id, (own) => ({ ...own, constructor: 'one', valueOf: 'two' }), never);
    const after = await client.changeUserMeta(id, ({ constructor: _gone, ...own }) => own, never);
    expect(Object.keys(after).toSorted()).toEqual(['a.b', 'other', 'valueOf']);
  });

  it('writes nothing where nothing differs', async () => {
    const { hub, id, client } = await kitchen();
    hub.counts.reset();
    await client.changeUserMeta(id, (own) => ({ other: { deep: [1, 2] }, ...own }), never);
    expect(Object.keys(hub.counts.byRoute()).filter((route) => /^(PUT|PATCH)/.test(route))).toEqual([]);
  });

  it('refuses to set null', async () => {
    const { id, client } = await kitchen();
    expect((await problemOf(client.changeUserMeta(id, (own) => ({ ...own, x: null }), never))).code).toBe('BAD_INPUT');
  });

  it('keeps what others set between its reading and its writing', async () => {
    const { id, client, second } = await kitchen();
    let calls = 0;
    const slow = client.changeUserMeta(id, (own) => (calls++ > 0 ? { ...own, mine: 1 } : { ...own, mine: 1 }), never);
    await Promise.all([slow, second.changeUserMeta(id, (own) => ({ ...own, theirs: 2 }), never)]);
    expect((await client.device(id, never)).userMeta).toMatchObject({ mine: 1, theirs: 2, 'a.b': '1' });
  });

  it('keeps what others set between its first reading and its deletion', async () => {
    let meta: Record<string, unknown> = { gone: 1, 'a.b': 1 };
    let reads = 0;
    const hub = await scriptedHub(({ method, url, body }) => {
      if (method === 'PUT') meta = JSON.parse(body) as Record<string, unknown>;
      if (method === 'PATCH') meta = { ...meta, ...(JSON.parse(body) as object) };
      if (method !== 'GET') return { body: meta };
      reads += 1;
      // Somebody writes right after the first reading.
      const sent = { ...meta };
      if (reads === 1) meta = { ...meta, theirs: 2 };
      return { body: url.startsWith('/devices/') ? [{ id: deviceId, 'user-meta': sent }] : {} };
    });
    const client = open(hub, longSession());
    expect(await client.changeUserMeta(deviceId, ({ gone: _gone, ...own }) => own, never)).toEqual({ 'a.b': 1, theirs: 2 });
  });

  it('begins anew where its own write was undone, and gives up in the end', async () => {
    const hub = await scriptedHub(({ method }) => ({
      body: method === 'GET' ? [{ id: deviceId, 'user-meta': { gone: 1 } }] : {},
    }));
    const client = open(hub, longSession());
    let calls = 0;
    const change = (own: Readonly<Record<string, unknown>>) => {
      calls += 1;
      const { gone: _gone, ...rest } = own;
      return rest;
    };
    expect((await problemOf(client.changeUserMeta(deviceId, change, never))).code).toBe('CONFLICT');
    expect(calls).toBeGreaterThan(2);
  });
});

describe('14 · PATCH hears the nick only; a nick that is taken is 403', () => {
  it('renames, and says when another device has the name', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [] });
    hub.seedDevice({ owner: 'user1', nick: 'cellar', steps: [] });
    const client = await openAs(hub, 'user1');
    expect((await problemOf(client.rename(id, 'cellar', never))).code).toBe('NAME_TAKEN');
    expect((await client.rename(id, 'attic', never)).nick).toBe('attic');
  });

  it('somebody else’s device is not a name that is taken', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user2', nick: 'kitchen', steps: [] });
    expect((await problemOf((await openAs(hub, 'user1')).rename(id, 'attic', never))).code).toBe('REFUSED_BY_HUB');
  });
});

describe('15 · a claim has its challenge in the query', () => {
  it('gives the device, with a name that fits', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: undefined, nick: '__unregistered__x', challenge: 'one-two-three', steps: [] });
    const client = await openAs(hub, 'user1');
    expect((await problemOf(client.claim(id, 'wrong', never))).code).toBe('REFUSED_BY_HUB');
    const claimed = await client.claim(id, 'one-two-three', never);
    expect(claimed.owner).toBe((await client.user(never)).prn);
    expect(claimed.nick).not.toContain('__unregistered__');
    expect((await client.devices(never)).map((device) => device.id)).toEqual([id]);
  });

  it('does not tell a wrong challenge from somebody else’s device; an id that is not there is told', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user2', nick: 'theirs', steps: [] });
    const client = await openAs(hub, 'user1');
    expect((await problemOf(client.claim(id, 'x', never))).code).toBe('REFUSED_BY_HUB');
    expect((await problemOf(client.claim(deviceId, 'x', never))).code).toBe('NOT_FOUND');
  });
});

describe('15 · a claim is believed when the hub names us as the owner', () => {
  it.each(['', 'prn:::accounts:/2'])('and not with %j', async (owner) => {
    const user = { nick: 'user1', prn: 'prn:::accounts:/1' };
    const hub = await scriptedHub(({ method }) => ({ body: method === 'PUT' ? { id: deviceId, owner } : user }));
    const error = await problemOf(open(hub, longSession()).claim(deviceId, 'one-two-three', never));
    expect(error.code).toBe('REFUSED_BY_HUB');
    expect(JSON.stringify([error.data, error.message])).not.toContain('one-two-three');
  });
});

describe('16 · the lists come in one piece', () => {
  it('takes 10,000 devices, leaves out what can’t be read, and lets others have their turn', async () => {
    const row = (index: number) => ({
      id: index.toString(16).padStart(24, '0'),
      nick: `device-${index}`,
      'user-meta': { labelＮsite: 'lab' },
      'device-meta': null,
    });
    const rows = Array.from({ length: 10_000 }, (_, index) => (index === 7 ? { nick: 'broken' } : row(index)));
    const hub = await scriptedHub(() => ({ body: rows }));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const devices = await open(hub, longSession()).devices(never);
    clearInterval(timer);
    expect(devices.length).toBe(9999);
    expect(devices.at(-1)?.userMeta).toEqual({ 'label.site': 'lab' });
    expect(turns).toBeGreaterThan(3);
  });

  it('leaves out what was deleted', async () => {
    const rows = [{ id: deviceId }, { id: 'b'.repeat(24), garbage: true }];
    const hub = await scriptedHub(() => ({ body: rows }));
    expect((await open(hub, longSession()).devices(never)).map(({ id }) => id)).toEqual([deviceId]);
  });

  it('asks for the list without any parameter, since each would be a filter', async () => {
    const hub = await scriptedHub(() => ({ body: null }));
    expect(await open(hub, longSession()).devices(never)).toEqual([]);
    expect(hub.heard.map(({ url }) => url)).toEqual(['/devices/']);
  });

  it('ends when nobody wants it any more', async () => {
    const hub = await scriptedHub(() => undefined);
    const stop = new AbortController();
    const work = problemOf(open(hub, longSession()).devices(stop.signal));
    stop.abort();
    expect((await work).code).toBe('CANCELLED');
  });
});

describe('18 · the overview', () => {
  it('is asked for in an order that works, and may be empty', async () => {
    const hub = await scriptedHub(() => ({ body: null }));
    expect(await open(hub, longSession()).summaries(never)).toEqual([]);
    expect(hub.heard[0]?.url).toBe('/trails/summary?sort=timestamp');
  });

  it('has what the device touched, and no “never”', async () => {
    const row = { deviceid: deviceId, revision: 3, 'progress-revision': '3', status: 'DONE', 'status-msg': null };
    const rows = [
      { ...row, 'trail-touched-time': '2026-01-01T00:00:00Z' },
      { ...row, timestamp: '0001-01-01T00:00:00Z' },
    ];
    const hub = await scriptedHub(() => ({ body: rows }));
    const summaries = await open(hub, longSession()).summaries(never);
    expect(summaries.map(({ touchedAt }) => touchedAt)).toEqual([Date.UTC(2026, 0, 1), undefined]);
    expect(summaries[0]).toMatchObject({ deviceId, revision: 3, progressRevision: 3, status: 'DONE', statusMessage: undefined });
  });
});

describe('25 · a device is deleted when the hub says that it is garbage', () => {
  it('deletes, and is content where it was done before', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [] });
    const client = await openAs(hub, 'user1');
    await client.deleteDevice(id, never);
    expect(await client.devices(never)).toEqual([]);
    await client.deleteDevice(id, never);
  });

  it('does not believe “200” about somebody else’s device', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user2', nick: 'theirs', steps: [] });
    expect((await problemOf((await openAs(hub, 'user1')).deleteDevice(id, never))).code).toBe('REFUSED_BY_HUB');
    expect((await (await openAs(hub, 'user2')).devices(never)).length).toBe(1);
  });

  it('says so where the hub’s clean-up is not running', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [] });
    hub.faults.set('gc-unreachable');
    expect((await problemOf((await openAs(hub, 'user1')).deleteDevice(id, never))).code).toBe('REFUSED_BY_HUB');
  });
});
