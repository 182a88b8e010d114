import { afterEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { noLogFilter } from '../../../shared/contract/logs.ts';
import { type SeedLog, type SimulatedHub, startSimulatedHub } from '../../simulator/hub/index.ts';
import type { HubChanges } from './hub.ts';
import { closeAll, closers, deviceId, longSession, never, open, openAs, problemOf, scriptedHub, spec } from './test-support.ts';

const accounts = ['user1', 'user2'].map((nick) => ({ nick, email: `${nick}@example.com`, password: nick }));
const state = `{"#spec":"${spec}"}`;

async function start(): Promise<SimulatedHub> {
  const hub = await startSimulatedHub({ accounts });
  closers.push(() => hub.close());
  return hub;
}

async function drained<Row>(ask: (after: string) => Promise<HubChanges<Row>>, after: string) {
  const rows: Row[] = [];
  for (let page = await ask(after), pages = 1; ; page = await ask(page.next), pages += 1) {
    rows.push(...page.rows);
    if (!page.more) return { rows, next: page.next, pages };
  }
}

const iso = (at: number) => new Date(at).toISOString();

afterEach(closeAll);

describe('17 · the feed of changes wants a page size, is strict about “after”, and overlaps', () => {
  it('tells all of 1,000 devices that changed at once, without their secrets', async () => {
    const hub = await start();
    const before = Date.now();
    const devices = hub.seedDevices(
      Array.from({ length: 1000 }, (_, index) => ({
        owner: 'user1',
        nick: `d${index}`,
        secret: 'topsecret',
        userMeta: { 'label.site': 'lab' },
        steps: [],
        modified: before + Math.floor(index / 100),
      })),
    );
    const client = await openAs(hub, 'user1');
    const { rows, next, pages } = await drained((after) => client.changedDevices(after, never), iso(before - 1));
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(devices.map(({ id }) => id)));
    expect(pages).toBeLessThan(10);
    expect(JSON.stringify(rows)).not.toContain('topsecret');
    expect(rows[0]?.userMeta).toEqual({ 'label.site': 'lab' });
    expect(Date.parse(next)).toBeGreaterThanOrEqual(before + 9);
  });

  it('sees a row of the same millisecond as the last one of a page', async () => {
    const hub = await start();
    const at = Date.now() - 1000;
    const seed = (nick: string) => hub.seedDevice({ owner: 'user1', nick, steps: [], modified: at });
    const first = seed('first');
    const client = await openAs(hub, 'user1');
    const { next } = await drained((after) => client.changedDevices(after, never), iso(at - 1));
    const second = seed('second');
    const { rows } = await drained((after) => client.changedDevices(after, never), next);
    expect(rows.map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('tells deletions, and progress', async () => {
    const hub = await start();
    const steps = [0, 1].map((rev) => ({ rev, state, message: 'm', progress: { status: rev === 1 ? 'NEW' : 'DONE' } }));
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps });
    const client = await openAs(hub, 'user1');
    const { next } = await drained((after) => client.changedSteps(after, never), iso(Date.now() - 60_000));
    await client.cancelStep(id, 1, never);
    const { rows } = await drained((after) => client.changedSteps(after, never), next);
    expect(rows.at(-1)).toMatchObject({ deviceId: id, revision: 1, progress: { status: 'CANCEL' } });
    expect(JSON.stringify(rows)).not.toContain('#spec');
    await client.deleteDevice(id, never);
    const gone = await drained((after) => client.changedDevices(after, never), next);
    expect(gone.rows.at(-1)).toMatchObject({ id, garbage: true });
  });

  it('does not bring the same rows for ever', async () => {
    const hub = await start();
    hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [], modified: Date.now() - 120_000 });
    const client = await openAs(hub, 'user1');
    const { rows, next } = await drained((after) => client.changedDevices(after, never), iso(Date.now() - 200_000));
    expect(rows.length).toBe(1);
    expect((await drained((after) => client.changedDevices(after, never), next)).rows).toEqual([]);
  });

  it('comes to the end of a page that is all of one millisecond', async () => {
    const hub = await start();
    const at = Date.now() - 1000;
    hub.seedDevices(Array.from({ length: 600 }, (_, index) => ({ owner: 'user1', nick: `d${index}`, steps: [], modified: at })));
    const last = hub.seedDevice({ owner: 'user1', nick: 'last', steps: [], modified: at + 5 });
    const client = await openAs(hub, 'user1');
    const { rows } = await drained((after) => client.changedDevices(after, never), iso(at - 1));
    expect(rows.at(-1)?.id).toBe(last.id);
  });

  it('always says the page size, in a form that the hub reads, and takes an empty body for a failure', async () => {
    const hub = await scriptedHub(() => ({ body: '' }));
    const client = open(hub, longSession());
    expect((await problemOf(client.changedDevices('2026-01-01T00:00:03.5Z', never))).code).toBe('BAD_REPLY');
    expect(hub.heard[0]?.url).toBe('/changes/devices?page%5Bsize%5D=250&page%5Bafter%5D=2026-01-01T00%3A00%3A00.500Z');
  });
});

describe('19 · logs: by device, in order, by when the hub took them in', () => {
  const at = Date.UTC(2026, 0, 1);
  const line = (index: number, more: Partial<SeedLog> = {}): SeedLog => ({
    rev: '1',
    plat: 'bsp',
    src: 'pantavisor.log',
    lvl: index % 2 === 0 ? 'INFO' : 'ERROR',
    msg: `line ${index}`,
    tsec: 1000 + index,
    at: at + index,
    ...more,
  });

  async function twoDevices(count: number) {
    const hub = await start();
    const logs = Array.from({ length: count }, (_, index) => line(index));
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [], logs });
    hub.seedDevice({ owner: 'user1', nick: 'other', steps: [], logs: [line(1, { msg: 'not mine' })] });
    return { hub, id, client: await openAs(hub, 'user1') };
  }

  it('gives the newest first, and pages to the end without loss or repetition', async () => {
    const { id, client } = await twoDevices(120);
    const seen: LogEntry[] = [];
    let older: string | undefined;
    do {
      const page = await client.logs(id, noLogFilter, { limit: 50, older }, never);
      expect(page.entries.length).toBeLessThanOrEqual(50);
      seen.push(...page.entries);
      older = page.older;
    } while (older !== undefined);
    expect(seen.map(({ text }) => text)).toEqual(Array.from({ length: 120 }, (_, index) => `line ${119 - index}`));
    expect(seen[0]).toMatchObject({ at: at + 119, deviceAt: 1_119_000, revision: '1', platform: 'bsp', level: 'ERROR' });
  });

  it('loses nothing where many came in at the same millisecond', async () => {
    const hub = await start();
    const logs = Array.from({ length: 95 }, (_, index) => line(index, { at: at + Math.floor(index / 40) }));
    const { id } = hub.seedDevice({ owner: 'user1', nick: 'kitchen', steps: [], logs });
    const client = await openAs(hub, 'user1');
    const seen: string[] = [];
    let older: string | undefined;
    do {
      const page = await client.logs(id, noLogFilter, { limit: 10, older }, never);
      seen.push(...page.entries.map((entry) => entry.id));
      older = page.older;
    } while (older !== undefined);
    expect([seen.length, new Set(seen).size]).toEqual([95, 95]);
  });

  it('filters by level, revision and time', async () => {
    const { id, client } = await twoDevices(20);
    const filter = { ...noLogFilter, levels: ['ERROR'], after: at + 5, before: at + 12 };
    const { entries } = await client.logs(id, filter, { limit: 50 }, never);
    expect(entries.map(({ text }) => text)).toEqual(['line 11', 'line 9', 'line 7', 'line 5']);
    expect((await client.logs(id, { ...noLogFilter, revisions: ['2'] }, { limit: 5 }, never)).entries).toEqual([]);
  });

  it('never shows what is from another device, whatever the hub makes of the filter', async () => {
    const rows = [
      { id: 'b'.repeat(24), dev: 'prn:::devices:/bbbbbbbbbbbbbbbbbbbbbbbb', 'time-created': iso(at), msg: 'foreign' },
      { id: 'c'.repeat(24), dev: `prn:::devices:/${deviceId}`, 'time-created': iso(at), msg: 'ours' },
    ];
    const hub = await scriptedHub(() => ({ body: { start: 0, page: 2, count: 2, entries: rows } }));
    const { entries } = await open(hub, longSession()).logs(deviceId, noLogFilter, { limit: 50 }, never);
    expect(entries).toEqual([{ id: 'c'.repeat(24), at, level: 'INFO', text: 'ours' }]);
    const query = new URL(hub.heard[0]?.url ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({ dev: `prn:::devices:/${deviceId}`, page: '50', sort: '-time-created' });
  });

  it('gets along with a hub that can’t sort downwards when told to', async () => {
    const row = (index: number) => ({
      id: index.toString(16).padStart(24, '0'),
      dev: `prn:::devices:/${deviceId}`,
      'time-created': iso(at + index),
      msg: `line ${index}`,
    });
    const all = Array.from({ length: 30 }, (_, index) => row(index + 1));
    const hub = await scriptedHub(({ url }) => {
      const query = new URL(url, 'http://x').searchParams;
      const before = query.get('before');
      const known = all.filter((one) => before === null || one['time-created'] < before);
      return { body: { entries: (query.has('sort') ? known : known.toReversed()).slice(0, Number(query.get('page'))) } };
    });
    const client = open(hub, longSession());
    const first = await client.logs(deviceId, noLogFilter, { limit: 20 }, never);
    expect([first.entries[0]?.text, first.entries.length]).toEqual(['line 30', 20]);
    const second = await client.logs(deviceId, noLogFilter, { limit: 20, older: first.older }, never);
    expect(second.entries.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, index) => `line ${10 - index}`));
    expect(second.older).toBeUndefined();
  });

  it('follows what comes in, each entry once, through a failure', async () => {
    const prn = `prn:::devices:/${deviceId}`;
    const entries: Record<string, unknown>[] = [];
    let trouble = false;
    const hub = await scriptedHub(() =>
      trouble ? { status: 503 } : { body: entries.length === 0 ? { count: 0 } : { entries } },
    );
    const client = open(hub, longSession());
    const stop = new AbortController();
    const seen: string[] = [];
    const add = (text: string) =>
      entries.push({ id: `${text}${'0'.repeat(10)}`, dev: prn, 'time-created': iso(Date.now()), msg: text });
    for await (const bunch of client.tailLogs(deviceId, noLogFilter, stop.signal)) {
      seen.push(...bunch.entries.map(({ text }) => text));
      expect(bunch.heardAt).toBeGreaterThan(Date.now() - 60_000);
      if (seen.length === 0 && entries.length === 0) add('one');
      else if (seen.length === 1 && entries.length === 1) {
        add('two');
        trouble = true;
        setTimeout(() => {
          trouble = false;
        }, 500);
      } else if (seen.length >= 2) break;
    }
    expect(seen).toEqual(['one', 'two']);
  });

  it('stops when nobody follows any more', async () => {
    const hub = await scriptedHub(() => ({ body: {} }));
    const stop = new AbortController();
    const tail = open(hub, longSession()).tailLogs(deviceId, noLogFilter, stop.signal)[Symbol.asyncIterator]();
    await tail.next();
    const next = problemOf(tail.next());
    stop.abort();
    expect((await next).code).toBe('CANCELLED');
  });
});

describe('23 · null, missing and empty are the same', () => {
  it('in devices, steps, pages, logs and the overview', async () => {
    const step = {
      id: `${deviceId}-4`,
      rev: 4,
      progress: null,
      used_objects: null,
      'step-time': '1970-01-01T00:00:00Z',
      meta: null,
    };
    const hub = await scriptedHub(({ url }) => {
      if (url.startsWith('/devices/')) return { body: [{ id: deviceId, nick: null, 'user-meta': null }] };
      if (url.startsWith('/changes/devices')) return { body: { links: null, data: null } };
      if (url.startsWith('/logs/')) return { body: {} };
      if (url.startsWith('/dash/')) return { body: { subscription: null } };
      if (url.startsWith('/profiles/') || url.includes('/steps?')) return { body: null };
      return { body: step };
    });
    const client = open(hub, longSession());
    expect((await client.devices(never))[0]).toMatchObject({ id: deviceId, nick: '', userMeta: {}, createdAt: undefined });
    expect((await client.changedDevices(iso(0), never)).rows).toEqual([]);
    expect(await client.logs(deviceId, noLogFilter, { limit: 5 }, never)).toEqual({ entries: [], older: undefined });
    expect(await client.quota(never)).toEqual({ plan: undefined, quotas: [] });
    expect(await client.globalMeta(never)).toEqual({});
    expect(await client.openSteps(deviceId, never)).toEqual([]);
    const read = await client.step(deviceId, 4, never);
    expect(read).toEqual({
      deviceId,
      revision: 4,
      message: '',
      committer: undefined,
      createdAt: undefined,
      changedAt: undefined,
      progress: { status: '', message: '' },
      stateSha: undefined,
      garbage: false,
    });
  });
});
