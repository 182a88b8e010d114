import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateView } from '../../shared/contract/update.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { changedState, factory, ScriptedBench, ScriptedDevice } from './scripted-device.ts';

let bench: ScriptedBench;
beforeEach(() => {
  bench = new ScriptedBench();
});
afterEach(() => bench.close());

const ended = (view: UpdateView) => view.phase === 'ended';
const interrupted = (view: UpdateView) => view.phase === 'interrupted';
const base = RevisionName.parse('locals/base');
const soon = () => AbortSignal.timeout(5000);

describe('what the device says no to', () => {
  it('a state that the device can not read ends in words, and the update can be cancelled', async () => {
    bench.device.mishaps.push({ call: 'postRevision', code: 'BAD_STATE', arrives: false });
    const id = await bench.post('refused');
    expect((await bench.update(id, interrupted)).problem).toMatchObject({ code: 'BAD_STATE' });
    bench.rooms.updates.cancel(id);
    await bench.update(id, (view) => view.phase === 'cancelled');
    expect(bench.rooms.drafts.list(bench.id)).toHaveLength(1);
  });

  it('a name that somebody else took while our answer was lost is left alone, and the update can be cancelled', async () => {
    bench.device.mishaps.push({ call: 'postRevision', code: 'NOT_ANSWERING', arrives: false });
    const id = await bench.post('theirs');
    await bench.update(id, interrupted);
    bench.device.steps.set('locals/theirs', { state: factory, status: 'DONE', date: '2026-03-01T00:00:00Z' });
    await bench.update(id, (view) => view.problem?.code === 'NAME_TAKEN');
    bench.rooms.updates.cancel(id);
    await bench.update(id, (view) => view.phase === 'cancelled');
    expect(bench.device.calls).toEqual([]);
    expect(bench.rooms.drafts.list(bench.id)).toHaveLength(1);
  });

  it.each(['run', 'reboot'] as const)('a %s that comes while the device is busy is told again', async (kind) => {
    const call = kind === 'run' ? 'runRevision' : 'reboot';
    bench.device.mishaps.push({ call, code: 'DEVICE_BUSY', arrives: false });
    await bench.rooms.fleet.device(bench.id).firstPoll;
    const { updates } = bench.rooms;
    const id = kind === 'run' ? await updates.run(bench.id, base, soon()) : await updates.reboot(bench.id, soon());
    await bench.update(id, ended);
    expect(bench.device.calls).toEqual([kind === 'run' ? 'run locals/base' : 'reboot']);
  });
});

describe('lost answers', () => {
  it.each([true, false])('of the post: one revision, run once (it arrived: %s)', async (arrives) => {
    bench.device.mishaps.push({ call: 'postRevision', code: 'NOT_ANSWERING', arrives });
    const id = await bench.post('once');
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result: 'updated', runningNow: 'locals/once' });
    expect(bench.device.calls).toEqual(['post locals/once', 'run locals/once']);
  });

  it.each([true, false])('of the run: run once (it arrived: %s)', async (arrives) => {
    bench.device.mishaps.push({ call: 'runRevision', code: 'NOT_ANSWERING', arrives });
    const id = await bench.post('once');
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result: 'updated' });
    expect(bench.device.calls).toEqual(['post locals/once', 'run locals/once']);
  });

  it('of a post over the pvr endpoint alone: it is never posted again, and ends without a word', async () => {
    await bench.close();
    bench = new ScriptedBench(new ScriptedDevice({ ssh: false }));
    bench.device.onRun = () => undefined;
    bench.device.mishaps.push({ call: 'postRevision', code: 'NOT_ANSWERING', arrives: true });
    const id = await bench.post('wordless');
    await bench.update(id, interrupted);
    bench.rooms.updates.retry(id);
    await bench.restart();
    await bench.update(id, interrupted);
    expect(() => bench.rooms.updates.cancel(id)).toThrow(/goes on by itself/);
    bench.ahead = 600_000;
    bench.rooms.updates.retry(id);
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result: 'unknown' });
    expect(bench.device.calls).toEqual(['post locals/wordless']);
    expect(bench.rooms.drafts.list(bench.id)).toHaveLength(1);
  });
});

describe('devices that tell little', () => {
  it('one that only has the pvr endpoint and goes back ends without a word after a while', async () => {
    await bench.close();
    bench = new ScriptedBench(new ScriptedDevice({ ssh: false }));
    bench.device.onRun = () => undefined;
    const id = await bench.post('refused');
    await bench.update(id, (view) => view.phase === 'moving' && view.heardAt !== undefined);
    bench.ahead = 600_000;
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result: 'unknown' });
  });

  it('one whose login is refused while it boots is not taken for settled', async () => {
    bench.device.onRun = (revision) => bench.device.settle(revision, 'TESTING');
    const id = await bench.post('booting');
    await bench.update(id, (view) => view.reports.some((report) => report.status === 'TESTING'));
    bench.device.sshBlocked = true;
    const before = bench.rooms.updates.get(id).heardAt ?? 0;
    await bench.update(id, (view) => (view.heardAt ?? 0) > before + 300);
    expect(bench.rooms.updates.get(id).phase).toBe('moving');
    bench.device.settle('locals/booting', 'ERROR', 'locals/base');
    bench.device.sshBlocked = false;
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result: 'failed', rolledBackTo: 'locals/base' });
  });

  it('a reboot that never comes ends without a word after a while', async () => {
    bench.device.mishaps.push({ call: 'reboot', code: 'NOT_ANSWERING', arrives: false });
    await bench.rooms.fleet.device(bench.id).firstPoll;
    const id = await bench.rooms.updates.reboot(bench.id, soon());
    await bench.update(id, (view) => view.phase === 'moving' && view.heardAt !== undefined);
    bench.ahead = 600_000;
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result: 'unknown' });
  });
});

describe('what ended while Trailboss was not running', () => {
  it.each([
    ['UPDATED', 'locals/away', 'updated'],
    ['DONE', 'locals/away', 'done'],
    ['ERROR', 'locals/base', 'failed'],
  ])('as %s', async (status, running, result) => {
    bench.device.onRun = (revision) => bench.device.settle(revision, 'TESTING');
    const id = await bench.post('away');
    await bench.update(id, (view) => view.phase === 'moving');
    await bench.restart();
    bench.device.settle('locals/away', status, running);
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result, runningNow: running });
  });

  it('with the revision removed by a garbage collection', async () => {
    bench.device.onRun = (revision) => bench.device.settle(revision, 'TESTING', 'locals/base');
    const id = await bench.post('gone');
    await bench.update(id, (view) => view.phase === 'moving');
    bench.ahead = 600_000;
    await bench.restart();
    bench.device.steps.delete('locals/gone');
    expect((await bench.update(id, ended)).outcome).toMatchObject({ result: 'unknown', runningNow: 'locals/base' });
  });
});

describe('kill -9', () => {
  it.each(Array.from({ length: 24 }, (_, index) => index))('around write %i: posted once, run once, ended', async (index) => {
    const { profile } = bench.rooms;
    const save = profile.updates.save.bind(profile.updates);
    let writes = 0;
    const killed = new Promise<void>((resolve) => {
      profile.updates.save = (journal, state) => {
        const before = index % 2 === 0;
        const now = writes === Math.floor(index / 2);
        writes += 1;
        if (bench.device.dead) throw new Error('killed');
        if (!(now && before)) save(journal, state);
        if (journal.phase === 'ended') resolve();
        if (!now) return;
        bench.device.dead = true;
        resolve();
        throw new Error('killed');
      };
    });
    const begun = bench.post('once').catch(() => undefined);
    await killed;
    await begun;
    await bench.restart();
    const [left] = bench.rooms.profile.updates.list(bench.id, 10);
    if (left === undefined) return expect(bench.device.calls).toEqual([]);
    expect((await bench.update(left.id, ended)).outcome).toMatchObject({ result: 'updated' });
    expect(bench.device.calls).toEqual(['post locals/once', 'run locals/once']);
    expect(bench.device.steps.get('locals/once')?.state).toBe(changedState);
  });
});
