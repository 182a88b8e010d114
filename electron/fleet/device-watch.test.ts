import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RevisionName } from '../../shared/state/ids.ts';
import { changedState, factory, ScriptedBench } from '../revisions/scripted-device.ts';
import type { Poll } from './observed.ts';

let bench: ScriptedBench;
beforeEach(() => {
  bench = new ScriptedBench();
});
afterEach(() => bench.close());

const base = RevisionName.parse('locals/base');

describe('a device whose login is refused after it was heard', () => {
  it('runs something without a name when its state is another, and the old name keeps its own state', async () => {
    const watch = bench.rooms.fleet.device(bench.id);
    await watch.firstPoll;
    expect(watch.observed.running).toBe(base);
    bench.device.sshBlocked = true;
    watch.poke();
    await vi.waitUntil(() => !watch.link.capabilities.readTimeline);
    expect(watch.observed.running).toBe(base);
    bench.device.steps.set('locals/pvr', { state: changedState, status: 'UPDATED', date: '2026-02-01T00:00:00Z' });
    bench.device.settle('locals/pvr', 'UPDATED');
    watch.poke();
    await vi.waitUntil(() => watch.observed.runningText === changedState);
    expect([watch.observed.running, watch.summary.running]).toEqual([undefined, undefined]);
    expect(bench.rooms.profile.revisions.state(bench.id, base)).toBe(factory);
  });
});

describe('a way that opens by itself', () => {
  it('is asked at once, not when the next poll is due', async () => {
    const watch = bench.rooms.fleet.device(bench.id);
    const nextPoll = () =>
      new Promise<Poll>((resolve) => {
        const stop = watch.polls.add((poll) => {
          stop();
          resolve(poll);
        });
      });
    await watch.firstPoll;
    bench.device.ssh = false;
    const alone = nextPoll();
    watch.poke();
    expect((await alone).steps).toBeUndefined();
    await setImmediate();
    const back = nextPoll();
    bench.device.ssh = true;
    bench.device.waysChanged.tell();
    expect((await back).steps).toHaveLength(1);
  });
});
