import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UpdateId } from '../../shared/contract/ids.ts';
import type { UpdateView } from '../../shared/contract/update.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { FidelityBook } from './fidelity.ts';
import { ScriptedBench, ScriptedDevice } from './scripted-device.ts';

let bench: ScriptedBench;
beforeEach(() => {
  const device = new ScriptedDevice();
  device.steps.set('locals/base', { state: factory, status: 'DONE', date: '2026-01-01T00:00:00Z' });
  bench = new ScriptedBench(device);
});
afterEach(() => bench.close());

const ended = (view: UpdateView) => view.phase === 'ended';
const spec = '"#spec":"pantavisor-service-system@1"';
const grouped = (group: string, more = '') => `{${spec},"web/run.json":{"name":"web","type":"lxc","group":"${group}"${more}}}`;
const factory = grouped('app');
const changedState = grouped('app', ',"v":2');

function overview() {
  const { fleet, profile } = bench.rooms;
  return new FidelityBook({ fleet, updates: profile.updates }).overview(undefined);
}

function pair(id: UpdateId) {
  const { fleet, profile } = bench.rooms;
  return new FidelityBook({ fleet, updates: profile.updates }).pair(id);
}

function post(draft: Awaited<ReturnType<ScriptedBench['draft']>>, name: string, acceptRefusal?: boolean) {
  const input = { ...draft, name, message: '', via: 'lan', acceptRefusal } as const;
  return bench.rooms.updates.post(input, AbortSignal.timeout(5000));
}

it('an update that went as forecast counts as right, and its exact texts are kept', async () => {
  const id = await bench.post('fine', changedState);
  await bench.update(id, ended);
  const { updates, entries } = overview();
  expect(updates).toEqual({ right: 1, wrong: 0, unobserved: 0 });
  expect(entries).toMatchObject([{ updateId: id, deviceName: 'scripted', result: 'right', preflight: 'right', pairKept: true }]);
  expect(pair(id)).toEqual({ running: factory, sinceBoot: [], next: changedState });
  const again = await bench.post('next', factory);
  await bench.update(again, ended);
  expect(pair(again)).toEqual({ running: changedState, sinceBoot: [factory], next: factory });
});

it('a failure that preflight warned of is no miss; one that nobody foresaw is', async () => {
  bench.device.onRun = (revision) => bench.device.settle(revision, 'ERROR', 'locals/base');
  const warned = await bench.post('warned', changedState);
  await bench.update(warned, ended);
  expect(overview().entries[0]).toMatchObject({ result: 'right', preflight: 'right' });
  const { updates } = bench.rooms.profile;
  const journal = updates.get(warned);
  if (journal === undefined) throw new Error('the journal is gone');
  updates.save({ ...journal, id: UpdateId.parse(randomUUID()), preflight: { refused: [], fails: [] } });
  const [miss] = overview().entries.filter(({ result }) => result === 'wrong');
  expect(miss?.preflight).toBe('wrong');
  expect(miss?.lines.filter(({ agrees }) => agrees === 'no').map(({ what }) => what)).toEqual(['End', 'Preflight']);
  expect(overview().counts).toContainEqual({ what: 'Preflight', right: 1, wrong: 1, unobserved: 0 });
});

it('a revision of a hub that is run again from here is not told to be refused for its name', async () => {
  bench.device.steps.set('7', { state: changedState, status: 'DONE', date: '2026-01-02T00:00:00Z' });
  const { fleet, updates, profile } = bench.rooms;
  await fleet.device(bench.id).firstPoll;
  const id = await updates.run(bench.id, RevisionName.parse('7'), AbortSignal.timeout(5000));
  await bench.update(id, ended);
  expect(profile.updates.get(id)?.preflight?.refused).toEqual([]);
  expect(overview().entries[0]?.preflight).toBe('right');
});

it('an update of before there was preflight still counts, without its texts', async () => {
  const id = await bench.post('old', changedState);
  await bench.update(id, ended);
  const { updates } = bench.rooms.profile;
  const journal = updates.get(id);
  if (journal === undefined) throw new Error('the journal is gone');
  const { preflight: _none, ...before } = journal;
  const old = UpdateId.parse(randomUUID());
  updates.save({ ...before, id: old });
  expect(overview().entries.find(({ updateId }) => updateId === old)).toMatchObject({
    result: 'right',
    preflight: 'not-asked',
    pairKept: false,
  });
  expect(() => pair(old)).toThrow('The states of this update were not kept.');
});

it('a state that will be refused is posted only when somebody says that it is meant so', async () => {
  const draft = await bench.draft(grouped('nowhere'));
  await expect(post(draft, 'refused')).rejects.toMatchObject({
    code: 'BAD_STATE',
    data: { what: expect.stringContaining('web/run.json: There is no group "nowhere"') },
  });
  expect(bench.device.calls).toEqual([]);
  const id = await post(draft, 'refused', true);
  await bench.update(id, ended);
  // The scripted device takes everything: what preflight said was wrong then, and that is a miss.
  expect(overview().entries[0]).toMatchObject({ result: 'wrong', preflight: 'wrong', forecast: { kind: 'refused' } });
});

it('a state that the device would not even take counts once its update is cancelled', async () => {
  bench.device.mishaps.push({ call: 'postRevision', code: 'BAD_STATE', arrives: false });
  const id = await post(await bench.draft(grouped('nowhere')), 'refused', true);
  await bench.update(id, ({ phase }) => phase === 'interrupted');
  bench.rooms.updates.cancel(id);
  await bench.update(id, ({ phase }) => phase === 'cancelled');
  expect(overview().entries).toMatchObject([{ result: 'right', preflight: 'right', pairKept: true }]);
});

it('what was kept of an update goes with its device, and not before', async () => {
  const id = await bench.post('fine', changedState);
  await bench.update(id, ended);
  await bench.restart();
  expect(pair(id).running).toBe(factory);
});
