import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { Series } from '../../shared/contract/series.ts';
import { ScriptedFleet, statesOf, stateWith } from './scripted-fleet.ts';

let fleet: ScriptedFleet;
afterEach(() => fleet.close());

const plain = stateWith({ web: '', db: '' });
const changed = stateWith({ web: ',"v":2', db: '' });
const prepared = ({ phase }: Series) => phase === 'ready';
const standing = ({ phase }: Series) => phase === 'ended' || phase === 'stopped';

async function begun(states: readonly string[], text = changed) {
  fleet = new ScriptedFleet(states);
  const id = fleet.rooms.series.fromDraft(await fleet.draft(text), fleet.ids);
  return { id, series: await fleet.until(id, prepared) };
}

/** The store takes nothing about series any more, from the first word about one device on. */
function fillDiskAt(position: number) {
  const { series: store } = fleet.rooms.profile;
  const { saveItem, save } = store;
  let isFull = false;
  let refused = 0;
  const refuse = () => {
    isFull = true;
    refused += 1;
    if (refused > 1000) throw new Error('it is tried without end');
    throw new TrailbossError('LOCAL_STORAGE', { what: 'The disk is full.', unchanged: '', next: '' });
  };
  store.saveItem = (id, at, item) => (isFull || at === position ? refuse() : saveItem.call(store, id, at, item));
  store.save = (journal) => (isFull ? refuse() : save.call(store, journal));
  return {
    refused: () => refused,
    clean: () => {
      store.saveItem = saveItem;
      store.save = save;
    },
  };
}

it('stops where nothing can be written down any more, and goes on when it can', async () => {
  const { id } = await begun([plain, plain]);
  const disk = fillDiskAt(1);
  fleet.rooms.series.start(id, '');
  await vi.waitFor(() => expect(disk.refused()).toBeGreaterThan(0));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(disk.refused()).toBeLessThan(5);
  expect(fleet.rooms.series.get(id).phase).toBe('stopped');
  expect(fleet.device(1).calls).toEqual([]);
  disk.clean();
  fleet.rooms.series.start(id, '');
  const ended = await fleet.until(id, standing);
  expect([ended.phase, statesOf(ended)]).toEqual(['ended', ['done', 'done']]);
});

it('prepares a device once where what it gives can not be written down', async () => {
  fleet = new ScriptedFleet([plain, plain]);
  const disk = fillDiskAt(1);
  const id = fleet.rooms.series.fromDraft(await fleet.draft(changed), fleet.ids);
  await vi.waitFor(() => expect(disk.refused()).toBeGreaterThan(0));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(disk.refused()).toBeLessThan(5);
  disk.clean();
  expect(statesOf(await fleet.until(id, prepared))).toEqual(['ready', 'ready']);
  expect(fleet.rooms.drafts.list(fleet.id(1))).toHaveLength(1);
});

it('a device whose preparing fails as nobody foresaw waits for a person, and is not tried without end', async () => {
  fleet = new ScriptedFleet([plain, plain]);
  const { rooms } = fleet;
  const { read } = rooms.states;
  let tries = 0;
  rooms.states.read = (device, revision, signal) => {
    if (device !== fleet.id(1)) return read.call(rooms.states, device, revision, signal);
    tries += 1;
    return Promise.reject(
      tries > 100 ? new TrailbossError('INTERNAL', { what: '', unchanged: '', next: '' }) : new RangeError('odd'),
    );
  };
  const id = rooms.series.fromDraft(await fleet.draft(changed), fleet.ids);
  const series = await fleet.until(id, prepared);
  expect(tries).toBe(1);
  expect(series.items[1]).toMatchObject({ state: 'problem', problem: { code: 'INTERNAL', raw: 'RangeError: odd' } });
  expect(fleet.reported).toHaveLength(1);
});

it('takes a draft that was discarded and brought back for ready again', async () => {
  const { id, series } = await begun([plain]);
  const draftId = series.items[0]?.draftId;
  if (draftId === undefined) throw new Error('there is no draft');
  fleet.rooms.drafts.discard(draftId);
  expect(statesOf(fleet.rooms.series.get(id))).toEqual(['problem']);
  fleet.rooms.drafts.restore(draftId);
  expect(fleet.rooms.series.get(id).items[0]).toMatchObject({ state: 'ready' });
  expect(fleet.rooms.series.get(id).items[0]?.problem).toBeUndefined();
});

it('a draft that was made when a crash came before its record leaves no second one', async () => {
  const { id, series } = await begun([plain]);
  const [item] = fleet.rooms.profile.series.all()[0]?.items ?? [];
  if (item === undefined) throw new Error('there is no item');
  const { draftId: _lost, ...before } = item;
  fleet.rooms.profile.series.saveItem(id, 0, { ...before, state: 'preparing' });
  await fleet.restart();
  expect(statesOf(await fleet.until(id, prepared))).toEqual(['ready']);
  const own = fleet.rooms.drafts.list(undefined).filter(({ seriesId }) => seriesId === series.id);
  expect(own).toHaveLength(1);
});

it('after a crash it finds the update that was begun last, whatever the clock said and what came before it', async () => {
  const { id } = await begun([plain]);
  const { profile } = fleet.rooms;
  const first = fleet.device(0);
  first.mishaps.push({ call: 'postRevision', code: 'BAD_STATE', arrives: false });
  fleet.rooms.series.start(id, '');
  const stopped = await fleet.until(id, standing);
  const earlier = stopped.items[0]?.updateId;
  if (earlier === undefined) throw new Error('nothing was posted');
  fleet.rooms.updates.cancel(earlier);
  await fleet.until(id, ({ items }) => items[0]?.state === 'ready');
  first.onRun = () => undefined;
  fleet.rooms.series.start(id, '');
  const posting = await fleet.until(id, ({ items }) => items[0]?.updateId !== undefined && items[0].updateId !== earlier);
  // The crash came before the second update was written into the series, and the clock had been set back before it began.
  const later = posting.items[0]?.updateId;
  const [item] = profile.series.all()[0]?.items ?? [];
  const journal = later && profile.updates.get(later);
  if (item === undefined || !journal) throw new Error('nothing was written down');
  await fleet.crash();
  fleet.rooms.profile.updates.save({ ...journal, startedAt: 1 });
  const { updateId: _lost, ...before } = item;
  fleet.rooms.profile.series.saveItem(id, 0, before);
  fleet.resume();
  expect(fleet.rooms.series.get(id).items[0]).toMatchObject({ state: 'posting', updateId: later });
});

it('started twice at once, it begins once', async () => {
  const { id } = await begun([plain, plain]);
  const { series, profile } = fleet.rooms;
  series.start(id, 'first');
  series.start(id, 'second');
  const ended = await fleet.until(id, standing);
  expect([ended.message, statesOf(ended)]).toEqual(['first', ['done', 'done']]);
  expect(fleet.device(0).calls).toEqual(['post locals/web-1', 'run locals/web-1']);
  const began = profile.activity.latest(20).filter(({ what }) => what.startsWith('began to post'));
  expect(began).toHaveLength(1);
});

it('stopped before the update has begun, it posts nothing', async () => {
  const { id } = await begun([plain, plain]);
  const { updates, series } = fleet.rooms;
  const { post } = updates;
  updates.post = (input, signal) => {
    const begins = post.call(updates, input, signal);
    series.stop(id);
    return begins;
  };
  series.start(id, '');
  const stopped = await fleet.until(id, ({ phase, items }) => phase === 'stopped' && items[0]?.state === 'ready');
  expect([statesOf(stopped), stopped.items[0]?.problem, fleet.device(0).calls]).toEqual([['ready', 'ready'], undefined, []]);
  expect(updates.list(undefined)).toEqual([]);
});

it('discarded before the update has begun, it posts nothing and leaves no draft', async () => {
  const { id } = await begun([plain, plain]);
  const { updates, series, drafts } = fleet.rooms;
  const { post } = updates;
  updates.post = (input, signal) => {
    const begins = post.call(updates, input, signal);
    series.discard(id);
    return begins;
  };
  series.start(id, '');
  await vi.waitFor(() => expect(drafts.list(undefined).filter(({ seriesId }) => seriesId)).toEqual([]));
  expect([updates.list(undefined), fleet.device(0).calls, fleet.reported]).toEqual([[], [], []]);
});

it('a record that can not be read does not have the others take its place', async () => {
  const { id } = await begun([plain, plain, plain]);
  const path = `${fleet.dir}/trailboss.db`;
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  database.exec("UPDATE series_items SET item = '{' WHERE position = 0");
  await fleet.restart();
  expect(fleet.rooms.profile.unreadable).toBeGreaterThan(0);
  for (const series of fleet.rooms.series.list()) fleet.rooms.series.leaveOut(series.id, fleet.id(1), true);
  const rows = database.prepare('SELECT device_id, item FROM series_items WHERE series_id = ? ORDER BY position').all(id);
  expect(rows[0]?.item).toBe('{');
  for (const row of rows.slice(1)) expect(JSON.parse(String(row.item)).deviceId).toBe(row.device_id);
});

it('stops at a device that will refuse the change, with the reason, and sends nothing there', async () => {
  const { id } = await begun([plain, plain], stateWith({ web: ',"group":"nowhere"', db: '' }));
  fleet.rooms.series.start(id, '');
  const stopped = await fleet.until(id, standing);
  expect(stopped.phase).toBe('stopped');
  expect(stopped.items[0]?.problem).toMatchObject({
    code: 'BAD_STATE',
    what: expect.stringContaining('The device will refuse this state. web/run.json: There is no group "nowhere"'),
  });
  expect([fleet.device(0).calls, fleet.device(1).calls]).toEqual([[], []]);
});
