import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ScriptedBench } from '../revisions/scripted-device.ts';

let bench: ScriptedBench;
beforeEach(() => {
  bench = new ScriptedBench();
});
afterEach(() => bench.close());

const to = (port: number) => ({ connection: { host: '127.0.0.1', http: { port }, ssh: null } });

describe('the fleet', () => {
  it('asks a device once, however many windows edit it at once; the last word holds', async () => {
    const { fleet } = bench.rooms;
    const edited = await Promise.all([2, 3, 4].map((port) => fleet.edit(bench.id, to(port))));
    const running = edited.filter((watch) => !watch.stopped.aborted);
    expect(new Set(running)).toEqual(new Set([fleet.device(bench.id)]));
    expect(fleet.device(bench.id).record.connection?.http).toEqual({ port: 4 });
  });

  it('does not bring a device back that was removed while it was edited', async () => {
    const { fleet, profile } = bench.rooms;
    const editing = fleet.edit(bench.id, to(2));
    await Promise.all([fleet.remove(bench.id), expect(editing).rejects.toMatchObject({ code: 'NOT_FOUND' })]);
    expect([fleet.all(), profile.devices.all()]).toEqual([[], []]);
  });

  it('has one device for an address', () => {
    const { fleet } = bench.rooms;
    fleet.add(to(7));
    expect(() => fleet.add(to(7))).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
    expect(fleet.add(to(8)).record.connection?.http).toEqual({ port: 8 });
  });

  it('tells nothing of an update of a device that is being removed', async () => {
    bench.device.onRun = (revision) => bench.device.settle(revision, 'TESTING');
    const id = await bench.post('left');
    await bench.update(id, (view) => view.phase === 'moving');
    const { fleet, updates } = bench.rooms;
    expect(updates.work()).toHaveLength(1);
    const removing = fleet.remove(bench.id);
    expect(updates.work()).toEqual([]);
    await removing;
    await updates.close();
    expect(() => updates.get(id)).toThrow(/not known/);
    expect(bench.reported).toEqual([]);
  });
});
