import { afterEach, describe, expect, it } from 'vitest';
import type { Series } from '../../shared/contract/series.ts';
import { ScriptedFleet, statesOf, stateWith } from './scripted-fleet.ts';

let fleet: ScriptedFleet;
afterEach(async () => {
  await fleet.close();
  expect(fleet.reported).toEqual([]);
});

const plain = stateWith({ web: '', db: '' });
const changed = stateWith({ web: ',"v":2', db: '' });
const prepared = ({ phase }: Series) => phase === 'ready';
const standing = ({ phase }: Series) => phase === 'ended' || phase === 'stopped';

async function begun(states: readonly string[], text = changed) {
  fleet = new ScriptedFleet(states);
  const id = fleet.rooms.series.fromDraft(await fleet.draft(text), fleet.ids);
  return { id, series: await fleet.until(id, prepared) };
}

describe('preparing', () => {
  it('takes the change to what each device runs, with a draft and a forecast of its own', async () => {
    const other = stateWith({ web: '', db: ',"own":1' });
    const { series } = await begun([plain, other]);
    expect(statesOf(series)).toEqual(['ready', 'ready']);
    const [, second] = series.items;
    expect(second).toMatchObject({ base: 'locals/base', keys: ['web/run.json'], forecast: { kind: 'move' } });
    const draft = fleet.rooms.drafts.list(fleet.id(1))[0];
    expect(draft).toMatchObject({ seriesId: series.id, changes: 1 });
    expect(second?.draftId && fleet.rooms.drafts.get(second.draftId).text).toBe(stateWith({ web: ',"v":2', db: ',"own":1' }));
  });

  it('says where nothing changes, what is absent, and where a person has to choose', async () => {
    const { id, series } = await begun([plain, changed, stateWith({ db: '' }), stateWith({ web: ',"v":3', db: '' })]);
    expect(statesOf(series)).toEqual(['ready', 'unchanged', 'unchanged', 'conflict']);
    expect(series.items[2]?.absent).toEqual(['web']);
    expect(series.items[3]?.conflicts).toEqual([
      {
        key: 'web/run.json',
        base: '{"name":"web","type":"lxc"}',
        mine: '{"name":"web","type":"lxc","v":2}',
        theirs: '{"name":"web","type":"lxc","v":3}',
      },
    ]);
    expect(() => fleet.rooms.series.start(id, '')).toThrow(/d3/);
    await fleet.rooms.series.resolve(id, fleet.id(3), { 'web/run.json': 'mine' });
    expect(fleet.rooms.series.get(id).items[3]).toMatchObject({ state: 'ready', keys: ['web/run.json'], conflicts: [] });
  });

  it('a conflict that takes the other side everywhere leaves nothing to post', async () => {
    const { id } = await begun([plain, stateWith({ web: ',"v":3', db: '' })]);
    await fleet.rooms.series.resolve(id, fleet.id(1), { 'web/run.json': 'theirs' });
    expect(fleet.rooms.series.get(id).items[1]).toMatchObject({ state: 'unchanged' });
  });

  it('names files that nobody has, and makes no draft of them', async () => {
    const sha = 'a'.repeat(64);
    fleet = new ScriptedFleet([plain, plain]);
    fleet.device(1).ssh = false;
    const draft = await fleet.draft(plain.replace('}}', `},"web/root.squashfs":"${sha}"}`));
    const id = fleet.rooms.series.fromDraft(draft, fleet.ids);
    const series = await fleet.until(id, prepared);
    expect(series.items[1]).toMatchObject({ state: 'problem', problem: { code: 'NOT_FOUND' } });
    expect(series.items[1]?.problem?.what).toContain('web/root.squashfs');
    expect(fleet.rooms.drafts.list(fleet.id(1))).toEqual([]);
  });

  it('sets restart policies where they differ, and leaves others byte for byte', async () => {
    fleet = new ScriptedFleet([plain, stateWith({ web: ', "restart_policy": "container"' }), stateWith({ db: '' })]);
    const changes = fleet.ids.map((deviceId) => ({ deviceId, container: 'web', policy: 'container' as const }));
    const id = fleet.rooms.series.fromPolicies(changes);
    const series = await fleet.until(id, prepared);
    expect(series.title).toBe('Restart policy container for web');
    expect(statesOf(series)).toEqual(['ready', 'unchanged', 'unchanged']);
    expect(series.items[2]?.absent).toEqual(['web']);
    const draft = series.items[0]?.draftId;
    expect(draft && fleet.rooms.drafts.get(draft).text).toContain('"restart_policy":"container"');
  });

  it('leaves a device out and takes it in again; discarding takes the drafts along', async () => {
    const { id } = await begun([plain, plain]);
    const { series, drafts } = fleet.rooms;
    series.leaveOut(id, fleet.id(1), true);
    expect(statesOf(series.get(id))).toEqual(['ready', 'left-out']);
    series.leaveOut(id, fleet.id(1), false);
    expect(statesOf(series.get(id))).toEqual(['ready', 'ready']);
    series.discard(id);
    expect(drafts.list(undefined).filter(({ seriesId }) => seriesId)).toEqual([]);
    expect(drafts.list(undefined)).toHaveLength(1);
    expect(() => series.get(id)).toThrow(/not there/);
  });

  it('follows a draft that is edited or discarded by hand', async () => {
    const { id, series } = await begun([plain, plain]);
    const draftId = series.items[1]?.draftId;
    if (draftId === undefined) throw new Error('there is no draft');
    const { version } = fleet.rooms.drafts.get(draftId);
    fleet.rooms.drafts.setJson(draftId, version, 'db/run.json', '{"name":"db","type":"lxc","v":9}');
    await fleet.until(id, ({ items }) => items[1]?.keys.length === 2);
    fleet.rooms.drafts.discard(draftId);
    expect(fleet.rooms.series.get(id).items[1]).toMatchObject({ state: 'problem', problem: { code: 'NOT_FOUND' } });
    fleet.rooms.series.prepare(id, fleet.id(1));
    const anew = await fleet.until(id, prepared);
    expect(anew.items[1]).toMatchObject({ state: 'ready', keys: ['web/run.json'] });
  });
});

describe('posting', () => {
  it('goes to one device after the other, and ends', async () => {
    const { id } = await begun([plain, plain, changed]);
    fleet.rooms.series.start(id, 'both');
    const ended = await fleet.until(id, standing);
    expect([ended.phase, statesOf(ended)]).toEqual(['ended', ['done', 'done', 'unchanged']]);
    expect(fleet.device(1).calls).toEqual(['post locals/web-1', 'run locals/web-1']);
    await expect.poll(() => fleet.rooms.drafts.list(undefined).filter(({ seriesId }) => seriesId)).toEqual([]);
    expect(fleet.rooms.profile.activity.latest(10).map(({ what }) => what)).toContain('posted “web as on d0” to 2 devices');
  });

  it('stops at the first that fails, says so, and goes on when told', async () => {
    const { id } = await begun([plain, plain, plain]);
    const second = fleet.device(1);
    second.onRun = (revision) => second.settle(revision, 'ERROR', 'locals/base');
    fleet.rooms.series.start(id, '');
    const stopped = await fleet.until(id, standing);
    expect(statesOf(stopped)).toEqual(['done', 'failed', 'ready']);
    expect(stopped.stopped).toMatch(/^locals\/web-1 failed on d1.*Nothing was posted to the device after it\.$/);
    expect(fleet.device(2).calls).toEqual([]);
    fleet.rooms.series.start(id, '');
    const ended = await fleet.until(id, standing);
    expect([ended.phase, ended.stopped, statesOf(ended)]).toEqual(['ended', undefined, ['done', 'failed', 'done']]);
  });

  it('ends when all that is left is left out', async () => {
    const { id } = await begun([plain]);
    const device = fleet.device(0);
    device.onRun = (revision) => device.settle(revision, 'ERROR', 'locals/base');
    fleet.rooms.series.start(id, '');
    await fleet.until(id, ({ phase }) => phase === 'stopped');
    fleet.rooms.series.leaveOut(id, fleet.id(0), true);
    expect(fleet.rooms.series.get(id)).toMatchObject({ phase: 'ended' });
    fleet.rooms.series.leaveOut(id, fleet.id(0), false);
    expect(fleet.rooms.series.get(id)).toMatchObject({ phase: 'stopped', items: [{ state: 'failed' }] });
  });

  it('a device that failed can be prepared anew and posted to again', async () => {
    const { id } = await begun([plain]);
    const device = fleet.device(0);
    device.onRun = (revision) => device.settle(revision, 'ERROR', 'locals/base');
    fleet.rooms.series.start(id, '');
    await fleet.until(id, standing);
    device.onRun = (revision) => device.settle(revision, 'DONE');
    fleet.rooms.series.prepare(id, fleet.id(0));
    await fleet.until(id, ({ items }) => items[0]?.state === 'ready');
    fleet.rooms.series.start(id, '');
    const ended = await fleet.until(id, ({ phase }) => phase === 'ended');
    expect(statesOf(ended)).toEqual(['done']);
  });

  it('stops at a device that moved on since its draft was made', async () => {
    const { id } = await begun([plain, plain]);
    const second = fleet.device(1);
    second.steps.set('locals/theirs', {
      state: stateWith({ web: '', db: ',"v":7' }),
      status: 'DONE',
      date: '2026-03-01T00:00:00Z',
    });
    second.running = 'locals/theirs';
    const watch = fleet.rooms.fleet.device(fleet.id(1));
    watch.poke();
    await new Promise<void>((resolve) => watch.polls.add(({ running }) => running === 'locals/theirs' && resolve()));
    fleet.rooms.series.start(id, '');
    const stopped = await fleet.until(id, standing);
    expect(statesOf(stopped)).toEqual(['done', 'problem']);
    expect(stopped.stopped).toContain('runs locals/theirs now');
    fleet.rooms.series.prepare(id, fleet.id(1));
    await fleet.until(id, ({ items }) => items[1]?.state === 'ready');
    fleet.rooms.series.start(id, '');
    expect(statesOf(await fleet.until(id, ({ phase }) => phase === 'ended'))).toEqual(['done', 'done']);
    expect(second.steps.get(second.running)?.state).toBe(stateWith({ web: ',"v":2', db: ',"v":7' }));
  });

  it('when it is stopped, the update that is on its way goes on and nothing follows', async () => {
    const { id } = await begun([plain, plain]);
    const first = fleet.device(0);
    let finish: () => void = () => undefined;
    first.onRun = (revision) => {
      finish = () => first.settle(revision, 'DONE');
    };
    fleet.rooms.series.start(id, '');
    await fleet.until(id, ({ items }) => items[0]?.updateId !== undefined && first.calls.length === 2);
    fleet.rooms.series.stop(id);
    expect(fleet.rooms.series.get(id)).toMatchObject({ phase: 'stopped', stopped: 'You stopped it.' });
    finish();
    const after = await fleet.until(id, ({ items }) => items[0]?.state === 'done');
    expect([after.phase, statesOf(after)]).toEqual(['stopped', ['done', 'ready']]);
    expect(fleet.device(1).calls).toEqual([]);
  });

  it('after a crash it stands as stopped, its update goes on, and it can go on', async () => {
    const { id } = await begun([plain, plain, plain]);
    const second = fleet.device(1);
    let finish: () => void = () => undefined;
    second.onRun = (revision) => {
      finish = () => second.settle(revision, 'UPDATED');
    };
    fleet.rooms.series.start(id, 'all');
    await fleet.until(id, ({ items }) => items[1]?.updateId !== undefined && second.calls.length === 2);
    await fleet.restart();
    const stands = fleet.rooms.series.get(id);
    expect([stands.phase, stands.message, statesOf(stands)]).toEqual(['stopped', 'all', ['done', 'posting', 'ready']]);
    finish();
    await fleet.until(id, ({ items }) => items[1]?.state === 'done');
    fleet.rooms.series.start(id, 'all');
    const ended = await fleet.until(id, standing);
    expect([ended.phase, statesOf(ended)]).toEqual(['ended', ['done', 'done', 'done']]);
  });

  it('a crash between the journal of the series and that of the update posts nothing twice', async () => {
    const { id } = await begun([plain, plain]);
    const item = fleet.rooms.profile.series.all()[0]?.items[0];
    if (item === undefined) throw new Error('there is no item');
    fleet.rooms.profile.series.saveItem(id, 0, { ...item, state: 'posting' });
    await fleet.restart();
    expect(statesOf(fleet.rooms.series.get(id))).toEqual(['ready', 'ready']);
  });

  it('a device that is removed while it is posted to ends as failed, and the series stops', async () => {
    const { id } = await begun([plain, plain]);
    fleet.device(0).onRun = () => undefined;
    fleet.rooms.series.start(id, '');
    await fleet.until(id, ({ items }) => items[0]?.updateId !== undefined && fleet.device(0).calls.length === 2);
    await fleet.rooms.fleet.remove(fleet.id(0));
    const stopped = await fleet.until(id, standing);
    expect(statesOf(stopped)).toEqual(['failed', 'ready']);
    expect(stopped.stopped).toContain('removed from the fleet');
  });
});
