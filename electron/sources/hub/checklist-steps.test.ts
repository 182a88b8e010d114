import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedHub, startSimulatedHub } from '../../simulator/hub/index.ts';
import { maxPendingBytes } from './index.ts';
import { closeAll, closers, deviceId, longSession, never, open, openAs, problemOf, scriptedHub, spec } from './test-support.ts';

const accounts = ['user1', 'user2'].map((nick) => ({ nick, email: `${nick}@example.com`, password: nick }));
const stateText = (note: string) => `{"#spec":"${spec}","note.json":{"is":"${note}"}}`;

async function start(): Promise<SimulatedHub> {
  const hub = await startSimulatedHub({ accounts });
  closers.push(() => hub.close());
  return hub;
}

function trail(hub: SimulatedHub, count: number, options: { readonly public?: boolean; readonly last?: string } = {}): string {
  const steps = Array.from({ length: count }, (_, rev) => ({
    rev,
    state: stateText(String(rev)),
    message: `message ${rev}`,
    committer: 'user1',
    progress: { status: rev === count - 1 ? (options.last ?? 'DONE') : 'DONE', 'status-msg': 'ok', progress: 100 },
  }));
  return hub.seedDevice({ owner: 'user1', nick: `device-${count}-${Math.random()}`.replace('.', '-'), steps, ...options }).id;
}

const post = (revision: number, note = 'mine', committer = 'user1') => ({
  revision,
  message: 'a change',
  committer,
  state: stateText(note),
});

afterEach(closeAll);

describe('4 · 500 is read by what was asked', () => {
  it('a missing revision is none', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 3);
    expect(await client.step(id, 7, never)).toBeUndefined();
    expect((await client.step(id, 2, never))?.message).toBe('message 2');
  });

  it('and trouble of the hub is trouble', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 3);
    hub.faults.set('every-500', '/trails/');
    expect((await problemOf(client.step(id, 7, never))).code).toBe('REFUSED_BY_HUB');
    expect((await problemOf(client.head(id, never))).code).toBe('REFUSED_BY_HUB');
    hub.faults.clear();
    expect((await client.steps(id, { count: 5 }, never)).length).toBe(3);
    hub.faults.set('every-500', '/trails/');
    expect((await problemOf(client.step(id, 2, never))).code).toBe('REFUSED_BY_HUB');
    expect((await problemOf(client.steps(id, { count: 5 }, never))).code).toBe('REFUSED_BY_HUB');
  });

  it('a device without a trail has no revisions; one that is not there is not found', async () => {
    const hub = await start();
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'new', steps: [] });
    const client = await openAs(hub, 'user1');
    expect([await client.head(id, never), await client.steps(id, { count: 9 }, never)]).toEqual([undefined, []]);
    expect((await problemOf(client.head(deviceId, never))).code).toBe('NOT_FOUND');
  });
});

describe('6 · a state of `{}` is no state', () => {
  it('is not given for a missing revision', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 1);
    expect(JSON.parse(await client.stateText(id, 0, never))).toEqual(JSON.parse(stateText('0')));
    expect((await problemOf(client.stateText(id, 5, never))).code).toBe('NOT_FOUND');
  });

  it.each(['{}', ' { } ', '[]', 'null', '{"a":', ''])('is not posted: %s', async (state) => {
    const hub = await scriptedHub(() => ({ body: {} }));
    const error = await problemOf(open(hub, longSession()).postStep(deviceId, { ...post(1), state }, never));
    expect([error.code, hub.heard]).toEqual(['BAD_STATE', []]);
  });

  it('is given number for number, with its dots put back', async () => {
    const text = '{"#spec":"x","bigＮjson":{"n":12345678901234567890.10, "inＮner":1e2},"eＮscaped\\uff2e":"\\uff2e"}';
    const hub = await scriptedHub(() => ({ body: text }));
    expect(await open(hub, longSession()).stateText(deviceId, 1, never)).toBe(
      '{"#spec":"x","big.json":{"n":12345678901234567890.10, "inＮner":1e2},"e.scaped.":"\\uff2e"}',
    );
  });
});

describe('7 · revisions of all statuses, without their states, in pages', () => {
  it.each([false, true])('lists DONE ones too (public: %s)', async (isPublic) => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 25, { public: isPublic });
    const first = await client.steps(id, { count: 10 }, never);
    expect(first.map(({ revision }) => revision)).toEqual([24, 23, 22, 21, 20, 19, 18, 17, 16, 15]);
    const rest = await client.steps(id, { before: 15, count: 100 }, never);
    expect(rest.map(({ revision }) => revision)).toEqual(Array.from({ length: 15 }, (_, index) => 14 - index));
    expect(await client.steps(id, { before: 0, count: 10 }, never)).toEqual([]);
    expect(first[0]).toMatchObject({ deviceId: id, message: 'message 24', committer: 'user1', progress: { status: 'DONE' } });
  });

  it('always says status, fields and page', async () => {
    const hub = await scriptedHub(({ url }) =>
      url.endsWith('.pvrremote') ? { body: { 'step-get-url': `http://x/trails/${deviceId}/steps/4` } } : { body: [] },
    );
    await open(hub, longSession()).steps(deviceId, { count: 3 }, never);
    const query = new URL(hub.heard[1]?.url ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      'progress.status': '{"$ne":""}',
      fields: '-state,-used_objects',
      'page[size]': '3',
      'page[offset]': '2',
    });
  });

  it('asks for one revision without its state too', async () => {
    const hub = await scriptedHub(() => ({ body: { id: `${deviceId}-4`, rev: 4 } }));
    await open(hub, longSession()).step(deviceId, 4, never);
    expect(hub.heard.map(({ url }) => url)).toEqual([`/trails/${deviceId}/steps/4?fields=-state%2C-used_objects`]);
  });

  it('needs one question for a trail that it has seen, and finds what is new on it', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 12);
    await client.steps(id, { count: 5 }, never);
    hub.counts.reset();
    expect((await client.steps(id, { count: 5 }, never)).map(({ revision }) => revision)).toEqual([11, 10, 9, 8, 7]);
    expect(hub.counts.requests()).toBe(1);
    for (let revision = 12; revision < 22; revision += 1) await client.postStep(id, post(revision), never);
    expect((await client.steps(id, { count: 5 }, never)).map(({ revision }) => revision)).toEqual([21, 20, 19, 18, 17]);
  });

  it('finds the newest where the hub has thrown old ones away, and without .pvrremote', async () => {
    const revisions = Array.from({ length: 30 }, (_, index) => index + 40);
    const hub = await scriptedHub(({ url }) => {
      const { searchParams, pathname } = new URL(url, 'http://x');
      if (pathname.endsWith('.pvrremote')) return { status: 500, body: { error: 'REST-ERR-ID-1' } };
      const offset = Number(searchParams.get('page[offset]'));
      const rows = revisions.slice(offset, offset + Number(searchParams.get('page[size]')));
      return { body: rows.map((rev) => ({ id: `${deviceId}-${rev}`, rev, 'trail-id': deviceId, progress: { status: 'DONE' } })) };
    });
    const client = open(hub, longSession());
    expect(await client.head(deviceId, never)).toBe(69);
    expect((await client.steps(deviceId, { count: 3 }, never)).map(({ revision }) => revision)).toEqual([69, 68, 67]);
    expect((await client.steps(deviceId, { before: 50, count: 100 }, never)).map(({ revision }) => revision).at(-1)).toBe(40);
    expect((await client.steps(deviceId, { before: 50, count: 100 }, never)).length).toBe(10);
  });
});

describe('8 · the revision’s number is the lock', () => {
  it('posts the next one', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 2);
    expect(await client.postStep(id, post(2), never)).toMatchObject({
      revision: 2,
      committer: 'user1',
      progress: { status: 'NEW' },
    });
    expect(JSON.parse(await client.stateText(id, 2, never))).toEqual(JSON.parse(stateText('mine')));
  });

  it('says who was quicker', async () => {
    const hub = await start();
    const id = trail(hub, 2);
    const [client, second] = [await openAs(hub, 'user1'), await openAs(hub, 'user1')];
    await second.postStep(id, { ...post(2, 'theirs', 'somebody'), message: 'theirs' }, never);
    const error = await problemOf(client.postStep(id, post(2), never));
    expect([error.code, error.data.quicker]).toEqual([
      'CONFLICT',
      { revision: '2', message: 'theirs', committer: 'somebody', at: expect.any(Number) },
    ]);
  });

  it('does not make somebody up where pvr was quicker, which gives no name', async () => {
    const hub = await start();
    const id = trail(hub, 2);
    const [client, second] = [await openAs(hub, 'user1'), await openAs(hub, 'user1')];
    await second.postStep(id, { ...post(2, 'theirs', ''), message: 'by pvr' }, never);
    const { data } = await problemOf(client.postStep(id, post(2), never));
    expect(data.quicker).toEqual({ revision: '2', message: 'by pvr', at: expect.any(Number) });
    expect(data.what).toBe('Revision 2 “by pvr” is on the hub already. Who posted it gave no name, as pvr does not.');
  });

  it('of two at once one wins', async () => {
    const hub = await start();
    const id = trail(hub, 2);
    const clients = await Promise.all([1, 2, 3, 4].map(() => openAs(hub, 'user1')));
    const results = await Promise.allSettled(clients.map((client, index) => client.postStep(id, post(2, `by ${index}`), never)));
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(codes).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
  });

  it('a number that leaves a gap is a conflict too; a state that the hub refuses is none', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 2);
    expect((await problemOf(client.postStep(id, post(9), never))).code).toBe('CONFLICT');
    const state = `{"#spec":"${spec}","a.bin":"${'0'.repeat(64)}"}`;
    expect((await problemOf(client.postStep(id, { ...post(2), state }, never))).code).toBe('REFUSED_BY_HUB');
  });

  it('finds out that it was posted where the answer was lost', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 2);
    hub.faults.set('lose-reply-of-post', { times: 1 });
    expect(await client.postStep(id, post(2), never)).toMatchObject({ revision: 2, committer: 'user1' });
    expect(await client.head(id, never)).toBe(2);
    expect(await client.postStep(id, post(2), never)).toMatchObject({ revision: 2 });
    expect((await problemOf(client.postStep(id, post(2, 'other'), never))).code).toBe('CONFLICT');
  });

  it('numbers that lose digits on the hub are still known as ours', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 1);
    const state = `{"#spec":"${spec}","n.json":{"n":12345678901234567890}}`;
    await client.postStep(id, { ...post(1), state }, never);
    expect(await client.postStep(id, { ...post(1), state }, never)).toMatchObject({ revision: 1 });
  });

  it('sends the state as it is, number for number', async () => {
    const hub = await scriptedHub(() => ({ body: { id: `${deviceId}-1`, rev: 1 } }));
    const state = `{"#spec":"${spec}","n.json":{"n": 1.50, "big": 12345678901234567890}}`;
    await open(hub, longSession()).postStep(deviceId, { ...post(1), state }, never);
    expect(hub.heard[0]?.body).toContain(`"state":${state}`);
    expect(JSON.parse(hub.heard[0]?.body ?? '')).toMatchObject({ rev: 1, 'commit-msg': 'a change', committer: 'user1' });
  });
});

describe('9 · a revision that was cancelled is CANCEL', () => {
  it('while the device has not taken it', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 2, { last: 'NEW' });
    await client.cancelStep(id, 1, never);
    expect((await client.step(id, 1, never))?.progress.status).toBe('CANCEL');
    await client.cancelStep(id, 1, never);
  });

  it('afterwards the device is busy; what it installs can be given up', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 2, { last: 'INPROGRESS' });
    expect((await problemOf(client.cancelStep(id, 1, never))).code).toBe('DEVICE_BUSY');
    await client.markWontgo(id, 1, never);
    expect((await client.step(id, 1, never))?.progress.status).toBe('WONTGO');
    await client.markWontgo(id, 1, never);
    expect((await problemOf(client.markWontgo(id, 0, never))).code).toBe('DEVICE_BUSY');
  });

  it('open revisions are those that wait or are on their way', async () => {
    const hub = await start();
    const client = await openAs(hub, 'user1');
    const id = trail(hub, 4, { last: 'DOWNLOADING' });
    await client.postStep(id, post(4), never);
    expect((await client.openSteps(id, never)).map(({ revision }) => revision)).toEqual([3, 4]);
  });
});

describe('10 · retries and logs of a device are only in its message', () => {
  it('a progress without them is complete', async () => {
    const progress = {
      status: 'QUEUED',
      'status-msg': 'Retried 2 of 10',
      progress: 5,
      downloads: { total: { total_size: 0 }, objects: null },
      log: '',
    };
    const hub = await scriptedHub(() => ({ body: { id: `${deviceId}-1`, rev: 1, progress, used_objects: null } }));
    const step = await open(hub, longSession()).step(deviceId, 1, never);
    expect(step?.progress).toEqual({ status: 'QUEUED', message: 'Retried 2 of 10' });
  });
});

describe('27 · states stay small', () => {
  it('one that no device could read is not posted', async () => {
    const hub = await scriptedHub(() => ({ body: {} }));
    const state = `{"#spec":"${spec}","x.json":"${'x'.repeat(maxPendingBytes)}"}`;
    const error = await problemOf(open(hub, longSession()).postStep(deviceId, { ...post(1), state }, never));
    expect([error.code, hub.heard]).toEqual(['BAD_STATE', []]);
  });

  it('nor one whose keys the hub would change', async () => {
    const hub = await scriptedHub(() => ({ body: {} }));
    const state = `{"#spec":"${spec}","aＮjson":{}}`;
    expect((await problemOf(open(hub, longSession()).postStep(deviceId, { ...post(1), state }, never))).code).toBe('BAD_STATE');
  });
});
