import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceSummary, FleetEvent } from '../../shared/contract/fleet.ts';
import { UpdateId } from '../../shared/contract/ids.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { type SeedDevice, type SimulatedHub, type SimulatedHubOptions, startSimulatedHub } from '../simulator/hub/index.ts';
import type { Profile } from '../storage/profile.ts';
import { account, FeedBench, signIn } from './feed-bench.ts';

const never = new AbortController().signal;
const state = '{"#spec":"pantavisor-service-system@1"}';
const place = { host: '127.0.0.1', http: { port: 1 }, ssh: null };

/** A device as it stands on the hub: it spoke just now, and runs its newest revision. */
function seed(nick: string, over: Partial<SeedDevice> & { readonly status?: string } = {}): SeedDevice {
  const { status = 'DONE', ...rest } = over;
  const at = Date.now();
  const step = (rev: number, progress: string) => ({ rev, state, message: `post ${rev}`, progress: { status: progress }, at });
  return {
    owner: 'user1',
    nick,
    deviceMeta: { 'pantavisor.revision': '1', 'pantavisor.arch': 'aarch64/64/EL', nick },
    userMeta: {},
    steps: [step(0, 'DONE'), step(1, status)],
    modified: at,
    ...rest,
  };
}

let bench: FeedBench<SimulatedHub>;
const start = async (devices: readonly SeedDevice[], options?: SimulatedHubOptions) => {
  bench = await FeedBench.start(async (dir) => {
    const accounts = [{ nick: 'user1', email: 'user1@example.com', password: 'user1' }];
    const hub = await startSimulatedHub({ dir, accounts, ...options });
    hub.seedDevices(devices);
    return hub;
  });
  return bench;
};
beforeEach(() => {
  vi.setConfig({ testTimeout: 30_000 });
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const soon = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 10_000 });

describe('the devices of an account', () => {
  it('are in the fleet as their hub tells of them, and at once after a restart', async () => {
    const old = Date.now() - 3_600_000;
    const steps = (status: string) => seed('x', { status }).steps;
    await start([
      seed('good'),
      seed('young', { status: 'UPDATED', userMeta: { 'label.site': 'lab' } }),
      seed('moving', { status: 'TESTING' }),
      seed('waiting', { steps: [...steps('DONE'), { rev: 2, state, message: 'next', progress: { status: 'NEW' } }] }),
      seed('bad', { deviceMeta: { 'pantavisor.revision': '0' }, status: 'ERROR' }),
      seed('silent', { modified: old, steps: steps('DONE').map((step) => ({ ...step, at: old })) }),
      seed('never', { deviceMeta: {}, steps: [], modified: old }),
    ]);
    await bench.listed(7);
    const conditions = () =>
      Object.fromEntries(bench.fleet.all().map(({ summary }) => [summary.name, [summary.condition, summary.running?.revision]]));
    const expected = {
      good: ['up-to-date', '1'],
      young: ['not-a-checkpoint', '1'],
      moving: ['updating', '1'],
      waiting: ['updating', '1'],
      bad: ['failed', '0'],
      silent: ['not-answering', '1'],
      never: ['not-answering', undefined],
    };
    await soon(() => JSON.stringify(conditions()) === JSON.stringify(expected));
    expect(bench.row('young')).toMatchObject({ labels: { site: 'lab' }, connection: null, hub: { account: 'user1 · hub' } });
    expect(bench.row('silent').silentSince).toBe(old);
    await bench.reopen();
    expect(bench.fleet.all()).toHaveLength(7);
    expect(bench.row('young')).toMatchObject({
      condition: 'blocked',
      running: { revision: '1', status: 'UPDATED' },
      labels: { site: 'lab' },
      ways: { hub: { kind: 'blocked', problem: { code: 'SESSION_ENDED' } } },
    });
  });

  it('are known on a hub that keeps no overview too', async () => {
    await start([seed('a', { status: 'UPDATED' }), seed('b')], { summary: 'empty' });
    await bench.listed(2);
    await soon(() => bench.row('a').condition === 'not-a-checkpoint' && bench.row('b').condition === 'up-to-date');
    expect(bench.row('a').running?.message).toBe('post 1');
  });

  it('come, change and go as the changes tell, without another listing', async () => {
    await start([seed('a'), seed('b')]);
    await bench.listed(2);
    await soon(() => bench.row('a').condition === 'up-to-date');
    const b = bench.fleet.all().find(({ record }) => record.name === 'b');
    const listings = () => bench.hub.counts.byRoute()['GET /trails/summary'] ?? 0;
    const before = listings();
    bench.hub.seedDevice(seed('c'));
    const a = bench.fleet.all().find(({ record }) => record.name === 'a')?.hub?.deviceId;
    if (a) await bench.client.rename(a, 'kitchen', never);
    if (b?.hub) await bench.client.deleteDevice(b.hub.deviceId, never);
    bench.later();
    await soon(() => bench.fleet.all().length === 2 && bench.fleet.all().some(({ record }) => record.name === 'kitchen'));
    expect(
      bench.fleet
        .all()
        .map(({ record }) => record.name)
        .sort(),
    ).toEqual(['c', 'kitchen']);
    expect(bench.profile.devices.all()).toHaveLength(2);
    expect(listings()).toBe(before);
  });

  it('that are on the screen are asked for the message that the overview leaves out, once and no others', async () => {
    const at = Date.now() - 30 * 24 * 3_600_000;
    const steps = seed('x').steps?.map((step) => ({ ...step, at })) ?? [];
    await start([...['a', 'b', 'c'].map((nick) => seed(nick, { modified: at, steps })), seed('newest')]);
    await bench.listed(4);
    const messages = () => ['a', 'b', 'c'].map((nick) => bench.row(nick).running?.message);
    const trails = () =>
      Object.entries(bench.hub.counts.byRoute())
        .filter(([route]) => route.endsWith('/steps') && !route.includes('/changes/'))
        .reduce((sum, [, count]) => sum + count, 0);
    await soon(() => bench.row('c').running?.status === 'DONE');
    expect([messages(), trails()]).toEqual([[undefined, undefined, undefined], 0]);
    const shown = ['a', 'b'].map((nick) => bench.watch(nick).record.id);
    bench.fleet.show(shown);
    await soon(() => bench.row('b').running?.message !== undefined);
    expect(messages()).toEqual(['post 1', 'post 1', undefined]);
    const asked = trails();
    bench.fleet.show(shown);
    await bench.client.device(bench.watch('c').hub?.deviceId ?? expect.fail(), never);
    expect(trails()).toBe(asked);
  });

  it('stay when a listing leaves them out, unless the hub says that they are gone', async () => {
    await start([seed('a'), seed('b')]);
    await bench.listed(2);
    const short = vi.spyOn(bench.client, 'devices').mockResolvedValueOnce([]);
    bench.fleet.listAgain(account);
    await soon(() => short.mock.calls.length > 0 && bench.fleet.work().length === 0);
    expect(bench.fleet.all()).toHaveLength(2);
    bench.write("DELETE FROM devices WHERE nick = 'a'");
    bench.fleet.listAgain(account);
    await soon(() => bench.fleet.all().length === 1);
    expect(bench.row('b').condition).toBe('up-to-date');
  });
});

describe('a thousand devices that change at once', () => {
  it.each([
    ['within a second', 'rowid'],
    ['within a millisecond, of which the changes tell a part', '0'],
  ])('%s, are told in a few bunches, each device once', async (_name, spread) => {
    await start(Array.from({ length: 1000 }, (_, index) => seed(`device-${index}`)));
    await bench.listed(1000);
    const events: FleetEvent[] = [];
    bench.fleet.events.add((event) => events.push(event));
    bench.write(`UPDATE devices SET modified = ? + ${spread}, device_meta = replace(device_meta, '"1"', '"0"')`, Date.now());
    bench.later();
    const changed = () => events.flatMap((event) => (event.kind === 'changed' ? event.devices : []));
    await soon(
      () =>
        new Set(
          changed()
            .filter((row) => row.running?.revision === '0')
            .map(({ id }) => id),
        ).size === 1000,
    );
    expect(events.length).toBeLessThan(40);
    for (const event of events) {
      const ids = event.kind === 'changed' ? event.devices.map(({ id }) => id) : [];
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('an update that nobody looks at', () => {
  it('is heard of by what changed in the account', async () => {
    await start([seed('a', { status: 'NEW', deviceMeta: { 'pantavisor.revision': '0' } })]);
    await bench.listed(1);
    const watch = bench.fleet.all()[0];
    const revision = RevisionName.parse('1');
    watch?.follow(revision, { id: UpdateId.parse('u'), revision, stage: 'posted' });
    await watch?.firstPoll;
    const heard: unknown[] = [];
    watch?.polls.add((poll) => poll.focus?.progress && heard.push([poll.focus.progress.status, poll.hub !== undefined]));
    const progress = '{"status":"DOWNLOADING","downloads":{"total":{"total_size":100,"total_downloaded":40}}}';
    bench.write(`UPDATE steps SET status = 'DOWNLOADING', progress = ?, modified = ? WHERE rev = 1`, progress, Date.now());
    bench.later(5000);
    await soon(() => heard.length > 0);
    expect(heard[0]).toEqual(['DOWNLOADING', true]);
    expect(bench.row('a')).toMatchObject({ condition: 'updating', update: { stage: 'posted' } });
    watch?.follow(undefined, undefined);
  });
});

describe('an update that somebody posted elsewhere', () => {
  it('is watched as closely as one from here by whoever looks, and one that ended is not', async () => {
    await start([seed('moving', { status: 'DOWNLOADING' }), seed('resting')]);
    await bench.listed(2);
    const between = async (name: string): Promise<number> => {
      const watch = bench.watch(name);
      const polls: number[] = [];
      const stop = watch.polls.add(() => void polls.push(performance.now()));
      const leave = watch.view();
      await vi.waitUntil(() => polls.length >= 2, { timeout: 20_000 });
      leave();
      stop();
      return (polls[1] ?? 0) - (polls[0] ?? 0);
    };
    const [moving, resting] = await Promise.all([between('moving'), between('resting')]);
    expect(bench.row('moving').condition).toBe('updating');
    expect(moving).toBeLessThan(resting / 2);
  });
});

describe('a hub that is down for a while', () => {
  it('leaves the rows as they were, says so in their way, and is heard again', async () => {
    await start([seed('a'), seed('b')]);
    await bench.listed(2);
    await soon(() => bench.row('a').condition === 'up-to-date');
    bench.hub.faults.set('down');
    bench.later();
    await soon(() => bench.row('a').ways.hub.kind === 'silent');
    expect(bench.row('a')).toMatchObject({ condition: 'up-to-date', running: { revision: '1' } });
    bench.write(`UPDATE steps SET status = 'ERROR', progress = '{"status":"ERROR"}', modified = ? WHERE rev = 1`, Date.now());
    bench.hub.faults.clear('down');
    bench.later(300_000);
    await soon(() => bench.row('a').ways.hub.kind === 'open' && bench.row('a').condition === 'failed');
  });

  it('is left alone for as long as it asks for', async () => {
    await start([seed('a')]);
    await bench.listed(1);
    bench.hub.faults.set('503-with-retry-after', { amount: 300 });
    bench.later();
    await soon(() => (bench.client.restUntil ?? 0) > Date.now());
    bench.hub.faults.clear();
    const asked = bench.hub.counts.requests();
    bench.later(200_000);
    const looks = vi.spyOn(bench.client, 'restUntil', 'get');
    await soon(() => looks.mock.calls.length > 3);
    expect(bench.hub.counts.requests()).toBe(asked);
    bench.later(300_000);
    await soon(() => bench.hub.counts.requests() > asked);
  });

  it('an account that ended blocks its devices until somebody signs in again', async () => {
    await start([seed('a')]);
    await bench.listed(1);
    await bench.client.revoke(never);
    bench.hub.endSessions();
    bench.later();
    await soon(() => bench.row('a').condition === 'blocked');
    expect(bench.row('a').running?.revision).toBe('1');
    const { credential } = await signIn(bench.hub.url);
    bench.client.renewWith(credential);
    await soon(() => bench.row('a').ways.hub.kind === 'open');
  });
});

describe('one device, two ways', () => {
  const idOf = () => bench.hub.seedDevice(seed('kitchen')).id;
  const near = () => bench.fleet.add({ name: 'bench device', connection: place });

  it('is one row, and the one with the draft stays', async () => {
    await start([]);
    bench.identity = idOf();
    await bench.listed(1);
    const hubRow = bench.row('kitchen').id;
    bench.profile.drafts.save(draftOn(hubRow));
    const lanRow = near().record.id;
    await soon(() => bench.fleet.all().length === 1);
    expect(bench.row('kitchen')).toMatchObject({ id: hubRow, name: 'bench device', connection: place, hub: { nick: 'kitchen' } });
    expect(bench.fleet.device(lanRow).record.id).toBe(hubRow);
    expect(bench.profile.drafts.all().map(({ deviceId }) => deviceId)).toEqual([hubRow]);
    expect(bench.profile.devices.all()).toHaveLength(1);
    await bench.reopen();
    expect(bench.row('kitchen')).toMatchObject({ id: hubRow, connection: place });
  });

  it('is one row when the hub comes later, with what was known near by', async () => {
    await start([]);
    bench.identity = idOf();
    const { id } = near().record;
    await bench.fleet.device(id).firstPoll;
    await soon(() => bench.fleet.device(id).facts.hubDeviceId === bench.identity);
    bench.attach();
    await soon(() => bench.fleet.device(id).summary.hub !== undefined);
    expect(bench.row('kitchen')).toMatchObject({ id, running: { revision: 'locals/base' } });
    expect(bench.fleet.device(id).link.by('hub')).toBeDefined();
  });

  it('falls apart without loss: signing out leaves the near one, removing the near one leaves that of the hub', async () => {
    await start([]);
    bench.identity = idOf();
    const { id } = near().record;
    await bench.listed(1);
    await soon(() => bench.row('kitchen').hub !== undefined && bench.fleet.all().length === 1);
    bench.profile.drafts.save(draftOn(id));
    await bench.fleet.remove(id);
    expect(bench.row('kitchen')).toMatchObject({ id, name: 'kitchen', connection: null });
    expect(bench.profile.drafts.all()).toHaveLength(1);
    await bench.fleet.edit(id, { connection: place });
    expect(bench.row('kitchen').connection).toEqual(place);
    await bench.fleet.detachAccount(account, { forget: true });
    expect(bench.fleet.device(id).summary).toMatchObject({ id, connection: place, ways: { hub: { kind: 'not-configured' } } });
    expect(bench.fleet.device(id).summary.hub).toBeUndefined();
    expect(bench.profile.drafts.all()).toHaveLength(1);
  });

  it('is parted when another device answers at the address', async () => {
    await start([]);
    const first = idOf();
    bench.identity = first;
    const { id } = near().record;
    await bench.listed(1);
    await soon(() => bench.row('kitchen').id === id);
    bench.identity = bench.hub.seedDevice(seed('anew')).id;
    bench.fleet.listAgain(account);
    await bench.fleet.edit(id, { connection: { ...place, http: { port: 2 } } });
    await soon(() => bench.fleet.all().length === 2 && bench.row('anew').id === id);
    expect(bench.row('kitchen')).toMatchObject({ connection: null, hub: { deviceId: first } });
  });

  it('forgets those that a signed-out account alone knew', async () => {
    await start([seed('a'), seed('b')]);
    await bench.listed(2);
    await bench.fleet.detachAccount(account, { forget: true });
    expect([bench.fleet.all(), bench.profile.devices.all()]).toEqual([[], []]);
  });
});

function draftOn(deviceId: DeviceSummary['id']) {
  const base = { revision: '1', text: state };
  const at = Date.now();
  const id = 'draft' as ReturnType<Profile['drafts']['all']>[number]['id'];
  return {
    id,
    deviceId,
    title: '',
    version: 1,
    base,
    text: state,
    objects: [],
    createdAt: at,
    changedAt: at,
    unfinished: {},
  };
}
