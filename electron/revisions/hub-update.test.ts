import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceId } from '../../shared/contract/ids.ts';
import type { UpdateView } from '../../shared/contract/update.ts';
import { stateSha } from '../../shared/state/canonical.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { ScriptedHub } from '../sources/scripted-hub.ts';
import { HubBench, soon } from './hub-bench.ts';

const spec = '"#spec":"pantavisor-service-system@1"';
const state = (v: number) => `{${spec},"web/run.json":{"name":"web","type":"lxc","v":${v}}}`;
/** As a person may write it; the hub keeps another form. */
const typed = (v: number) => `{\n  "web/run.json": {"v": ${v}, "type": "lxc", "name": "web"}, ${spec}\n}`;
const ended = (view: UpdateView) => view.phase === 'ended';
const moving = (view: UpdateView) => view.phase === 'moving';
const interrupted = (view: UpdateView) => view.phase === 'interrupted';
const name = (text: string) => RevisionName.parse(text);

let hub: ScriptedHub;
let bench: HubBench;
let id: DeviceId;
beforeEach(async () => {
  hub = new ScriptedHub();
  hub.add(state(0), 'DONE', 'Factory');
  hub.deviceMeta = { 'pantavisor.revision': '0', sysinfo: { uptime: 100 } };
  bench = new HubBench(() => hub.client());
  id = await bench.found();
});
afterEach(() => bench.close());

describe('a post to the hub', () => {
  it('takes the next number with the state in canonical form, is followed with its bytes, and retires the draft', async () => {
    const update = await bench.post(id, '1', typed(1));
    await bench.update(update, (view) => view.reports.length > 0);
    expect(hub.trail[1]).toMatchObject({ state: state(1), committer: 'ana', message: 'From the bench' });
    hub.report(1, { status: 'DOWNLOADING', message: '', downloads: { total: 100, done: 40 } });
    await bench.update(update, (view) => view.reports.at(-1)?.downloads?.done === 40);
    hub.report(1, { status: 'TESTING', message: 'Awaiting to see if update is stable' });
    await bench.update(update, (view) => view.reports.at(-1)?.status === 'TESTING');
    hub.report(1, { status: 'UPDATED', message: '' });
    const view = await bench.update(update, ended);
    expect(view).toMatchObject({ via: 'hub', from: '0', forecast: { kind: 'move' } });
    expect(view.outcome).toMatchObject({ result: 'updated', runningNow: '1', rebooted: false });
    expect(view.reports.map((report) => report.status)).toEqual(['NEW', 'DOWNLOADING', 'TESTING', 'UPDATED']);
    expect(bench.rooms.drafts.list(id)).toEqual([]);
  });

  it('leaves a reboot open that nobody saw, and tells one by the device’s own boot time', async () => {
    const blind = await bench.post(id, '1', state(1));
    await bench.update(blind, moving);
    hub.report(1, { status: 'DONE', message: '' });
    expect((await bench.update(blind, ended)).outcome).toMatchObject({ result: 'done', runningNow: '1' });
    expect(bench.rooms.updates.get(blind).outcome).not.toHaveProperty('rebooted');
    const seen = await bench.post(id, '2', state(2));
    await bench.update(seen, moving);
    hub.deviceMeta = { ...hub.deviceMeta, sysinfo: { uptime: 3 } };
    hub.report(2, { status: 'TESTING', message: '' });
    await bench.update(seen, (view) => view.reports.at(-1)?.status === 'TESTING');
    hub.report(2, { status: 'DONE', message: '' });
    expect((await bench.update(seen, ended)).outcome).toMatchObject({ result: 'done', rebooted: true });
  });

  it('waits for days for a device that has not come, and is no failure', async () => {
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, (view) => view.reports.length > 0);
    bench.ahead = 10 * 86_400_000;
    const waiting = await bench.update(update, (view) => (view.heardAt ?? 0) > Date.now() + 86_400_000);
    expect(waiting).toMatchObject({ phase: 'moving', reports: [{ status: 'NEW' }] });
    expect(waiting.stalled).toBeUndefined();
  });

  it('stands still when nothing new comes for long, says so once, and takes it back when it moves on', async () => {
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, moving);
    hub.report(1, { status: 'DOWNLOADING', message: '', downloads: { total: 100, done: 1 } });
    await bench.update(update, (view) => view.reports.at(-1)?.status === 'DOWNLOADING');
    bench.ahead = 3_600_000;
    expect((await bench.update(update, (view) => view.stalled !== undefined)).stalled).toMatchObject({ stage: 'downloading' });
    bench.ahead = 3_700_000;
    const later = bench.ahead;
    await bench.update(update, (view) => (view.heardAt ?? 0) > Date.now() + later - 60_000);
    const told = bench.rooms.profile.activity.latest(50).filter(({ result }) => result === 'stalled');
    expect(told).toHaveLength(1);
    hub.report(1, { status: 'DOWNLOADING', message: '', downloads: { total: 100, done: 2 } });
    await bench.update(update, (view) => view.stalled === undefined);
    hub.report(1, { status: 'DONE', message: '' });
    await bench.update(update, ended);
  });
});

describe('somebody was quicker', () => {
  it('nothing is posted and nothing is tried again; the draft can be rebased and posted anew', async () => {
    const draft = await bench.draft(id, typed(1));
    hub.add(state(7), 'NEW', 'Mine first', 'ben');
    const post = { ...draft, name: '1', message: '', via: 'hub' as const };
    const update = await bench.rooms.updates.post(post, soon());
    const view = await bench.update(update, interrupted);
    expect(view.problem).toMatchObject({
      code: 'CONFLICT',
      quicker: { revision: '1', message: 'Mine first', committer: 'ben', at: expect.any(Number) },
    });
    expect(hub.calls).not.toContain('postStep');
    expect(hub.trail).toHaveLength(2);
    const { drafts, updates } = bench.rooms;
    const plan = await drafts.rebasePlan(draft.draftId, '1', soon());
    expect(plan).toMatchObject({ from: '0', to: '1', conflicts: [{ key: 'web/run.json' }] });
    const moved = await drafts.rebase(draft.draftId, draft.version, '1', { 'web/run.json': 'mine' }, soon());
    const again = await updates.post({ ...post, name: '2', version: moved.version }, soon());
    expect(updates.get(update).phase).toBe('cancelled');
    await bench.update(again, moving);
    expect(hub.trail[2]).toMatchObject({ state: state(1) });
    expect(updates.get(again)).toMatchObject({ from: '1' });
  });

  it('also between the look and the post', async () => {
    hub.mishaps.push({ call: 'postStep', code: 'CONFLICT', arrives: false });
    const update = await bench.post(id, '1', state(1));
    expect((await bench.update(update, interrupted)).problem).toMatchObject({ code: 'CONFLICT' });
    bench.rooms.updates.cancel(update);
    await bench.update(update, (view) => view.phase === 'cancelled');
    expect(bench.rooms.drafts.list(id)).toHaveLength(1);
  });

  it('the same state from somebody else is theirs', async () => {
    const draft = await bench.draft(id, state(1));
    hub.add(state(1), 'NEW', '', 'ben');
    const update = await bench.rooms.updates.post({ ...draft, name: '1', message: '', via: 'hub' }, soon());
    await bench.update(update, interrupted);
    await bench.restart();
    await bench.update(update, (view) => interrupted(view) && view.problem?.code === 'CONFLICT');
    expect(hub.trail).toHaveLength(2);
  });
});

describe('lost answers and restarts', () => {
  it.each([true, false])('one revision, whether the post arrived or not (%s)', async (arrives) => {
    hub.mishaps.push({ call: 'postStep', code: 'NOT_ANSWERING', arrives });
    const update = await bench.post(id, '1', typed(1));
    await bench.update(update, moving);
    expect(hub.trail).toHaveLength(2);
    expect(stateSha(hub.trail[1]?.state ?? '')).toBe(stateSha(typed(1)));
  });

  it('a program that was killed after its post goes on following', async () => {
    hub.mishaps.push({ call: 'postStep', code: 'CANCELLED', arrives: true });
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, interrupted);
    await bench.restart();
    await bench.update(update, moving);
    hub.report(1, { status: 'DONE', message: '' });
    await bench.update(update, ended);
    expect(hub.calls.filter((call) => call === 'postStep')).toHaveLength(1);
  });

  it('a hub that asks for patience gets it before the next try', async () => {
    hub.mishaps.push({ call: 'postStep', code: 'NOT_ANSWERING', arrives: false });
    const until = Date.now() + 1500;
    hub.restUntil = until;
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, moving);
    expect(Date.now()).toBeGreaterThanOrEqual(until);
  });

  it('an ended session is waited for, and the update goes on at once after signing in', async () => {
    hub.mishaps.push({ call: 'postStep', code: 'SESSION_ENDED', arrives: false });
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, interrupted);
    hub.signOut();
    bench.rooms.updates.retry(update);
    await bench.update(update, (view) => interrupted(view) && view.problem?.code === 'SESSION_ENDED');
    hub.setStatus({ kind: 'open', heardAt: 1 });
    await bench.update(update, moving);
    expect(hub.trail).toHaveLength(2);
  });
});

describe('a device that its hub does not have any more', () => {
  const near = { host: '127.0.0.1', http: null, ssh: { port: 8222, user: '_pv_', auth: { kind: 'own-key' } } } as const;

  it('is free again where it is known on the local network: nobody will ever tell how its update went', async () => {
    await bench.rooms.fleet.edit(id, { connection: near });
    bench.looked(id);
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, (view) => view.reports.length > 0);
    const watch = bench.rooms.fleet.device(id);
    if (!watch.hub) throw new Error('the device is on no hub');
    await bench.rooms.fleet.lostDevice(watch.hub.accountId, watch.hub.deviceId);
    watch.poke();
    bench.ahead = 120_000;
    expect((await bench.update(update, ended)).outcome).toMatchObject({ result: 'unknown' });
    await vi.waitFor(() => expect(watch.isBusy).toBe(false));
  });
});

describe('what the owner can still do', () => {
  it('cancels a revision that was not taken: it ends as cancelled', async () => {
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, moving);
    expect(() => bench.rooms.updates.cancel(update)).toThrow(/hub has this revision/);
    await bench.rooms.updates.cancelRevision(id, name('1'), soon());
    expect((await bench.update(update, ended)).outcome).toMatchObject({ result: 'refused', runningNow: '0' });
  });

  it('gives one up that is in progress', async () => {
    const update = await bench.post(id, '1', state(1));
    await bench.update(update, moving);
    await expect(bench.rooms.updates.markWontgo(id, name('1'), soon())).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
    hub.report(1, { status: 'INPROGRESS', message: '' });
    await bench.rooms.updates.markWontgo(id, name('1'), soon());
    expect((await bench.update(update, ended)).outcome).toMatchObject({ result: 'refused' });
  });

  it('goes back to an older revision by posting its state again', async () => {
    hub.add(state(1), 'DONE', 'Newer');
    const update = await bench.rooms.updates.run(id, name('0'), soon());
    expect(await bench.update(update, moving)).toMatchObject({ kind: 'post', via: 'hub', revision: '2' });
    expect(hub.trail[2]).toMatchObject({ state: state(0), message: 'Go back to revision 0' });
    hub.report(2, { status: 'DONE', message: '' });
    await bench.update(update, ended);
  });

  it('can’t reboot a device that is far away', async () => {
    await expect(bench.rooms.updates.reboot(id, soon())).rejects.toMatchObject({ code: 'WAY_MISSING' });
  });
});

describe('the plan', () => {
  it('can be made past a waiting revision that has no state', async () => {
    hub.add(state(1), 'NEW', 'Waits');
    const draft = await bench.draft(id, state(2));
    hub.mishaps.push({ call: 'stateText', code: 'NOT_FOUND', arrives: true });
    const plan = await bench.rooms.updates.plan(draft, soon());
    expect(plan.hub?.pending.map(({ revision }) => revision)).toEqual(['1']);
  });

  it('tells what the hub says of its trail', async () => {
    hub.add(state(1), 'NEW', 'Waits', 'ben');
    const { draftId } = await bench.draft(id, `{${spec},"a.json":9007199254740993,"web/run.json":{}}`);
    const plan = await bench.rooms.updates.plan({ draftId }, soon());
    expect(plan).toMatchObject({
      via: 'hub',
      directions: [{ via: 'hub' }],
      suggestedName: '2',
      leavesHub: false,
      offHub: false,
      uploadWay: 'hub',
      postWay: 'hub',
      asked: true,
      hub: {
        head: { revision: '1', message: 'Waits', committer: 'ben', status: 'NEW' },
        pending: [{ revision: '1', message: 'Waits', committer: 'ben' }],
        quotaLeft: 1.5 * 1024 ** 3,
      },
    });
    expect(plan.hub?.pendingBytes).toBeGreaterThan(state(1).length * 2);
  });

  it('says why a direction is closed, and asks nothing over it', async () => {
    const { draftId } = await bench.draft(id, state(1));
    hub.signOut();
    const plan = await bench.rooms.updates.plan({ draftId }, soon());
    expect(plan).toMatchObject({ via: 'hub', directions: [{ via: 'hub', closed: 'scripted SESSION_ENDED' }], asked: false });
  });
});
