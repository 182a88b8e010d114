import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changedState, ScriptedBench } from './scripted-device.ts';

let bench: ScriptedBench;
beforeEach(() => {
  bench = new ScriptedBench();
});
afterEach(() => bench.close());

const tables = ['devices', 'device_facts', 'revisions', 'drafts', 'updates', 'reports', 'activity', 'states'];

/** Every write is answered as SQLite answers when the disk is full, until the returned function is called. */
function fillDisk(): () => void {
  const other = new DatabaseSync(join(bench.dir, 'trailboss.db'));
  for (const table of tables) {
    for (const action of ['INSERT', 'UPDATE']) {
      other.exec(
        `CREATE TRIGGER full_${table}_${action} BEFORE ${action} ON ${table} BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END`,
      );
    }
  }
  return () => {
    for (const table of tables) for (const action of ['INSERT', 'UPDATE']) other.exec(`DROP TRIGGER full_${table}_${action}`);
    other.close();
  };
}

describe('a full disk', () => {
  it('leaves the devices watched and a new draft or post refused in words', async () => {
    const { draftId, version } = await bench.draft();
    const free = fillDisk();
    const watch = bench.rooms.fleet.device(bench.id);
    bench.device.settle('locals/base', 'UPDATED');
    await new Promise<void>((heard) => {
      watch.changes.add(() => watch.summary.running?.status === 'UPDATED' && heard());
      watch.poke();
    });
    const refused = { code: 'LOCAL_STORAGE' };
    await expect(bench.draft()).rejects.toMatchObject(refused);
    expect(() => bench.rooms.drafts.remove(draftId, version, ['web/run.json'])).toThrow(expect.objectContaining(refused));
    await expect(
      bench.rooms.updates.post({ draftId, version, name: 'x', message: '', via: 'lan' }, AbortSignal.timeout(5000)),
    ).rejects.toMatchObject(refused);
    expect(bench.device.calls).toEqual([]);
    free();
  });

  it('holds an update up, and it goes on to its end when there is room again', async () => {
    bench.device.onRun = (revision) => bench.device.settle(revision, 'TESTING');
    const id = await bench.post('held', changedState);
    await bench.update(id, (view) => view.phase === 'moving' && view.reports.length > 0);
    const free = fillDisk();
    bench.device.settle('locals/held', 'UPDATED');
    await bench.update(id, (view) => view.problem?.code === 'LOCAL_STORAGE');
    free();
    expect((await bench.update(id, (view) => view.phase === 'ended')).outcome).toMatchObject({ result: 'updated' });
    await vi.waitUntil(() => bench.rooms.drafts.list(bench.id).length === 0);
  });

  it('that comes when an update has ended costs a draft that stays, not the program', async () => {
    bench.rooms.profile.drafts.remove = () => {
      throw new Error('scripted: the disk is full');
    };
    const id = await bench.post('ends', changedState);
    expect((await bench.update(id, (view) => view.phase === 'ended')).outcome).toMatchObject({ result: 'updated' });
    await vi.waitUntil(() => bench.reported.length > 0);
    expect(bench.rooms.updates.work()).toEqual([]);
  });
});
