import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeviceId } from '../../shared/contract/ids.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { ScriptedHub } from '../sources/scripted-hub.ts';
import { exportedRevision } from './export.ts';
import { HubBench, soon } from './hub-bench.ts';
import { ScriptedBench } from './scripted-device.ts';
import { type OpenTimeline, TimelineFeed } from './timeline-feed.ts';

const state = (v: number) => `{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web","type":"lxc","v":${v}}}`;
const name = (text: string) => RevisionName.parse(text);

let hub: ScriptedHub;
let bench: HubBench;
let id: DeviceId;
beforeEach(async () => {
  hub = new ScriptedHub();
  for (let v = 0; v < 130; v += 1) hub.add(state(v), 'DONE', `Change ${v}`);
  bench = new HubBench(() => hub.client());
  id = await bench.found();
});
afterEach(() => bench.close());

function opened(): OpenTimeline {
  const { profile, states, updates, fleet } = bench.rooms;
  return new TimelineFeed(profile, states, updates, (error) => bench.reported.push(error)).of(fleet.device(id));
}

/** Waits until the timeline looks like this. */
async function shows(feed: OpenTimeline, wanted: (timeline: OpenTimeline['timeline']) => boolean) {
  for (;;) {
    const { timeline } = feed;
    if (wanted(timeline)) return timeline;
    await new Promise<void>((resolve) => {
      const stop = feed.changes.add(() => {
        stop();
        resolve();
      });
    });
  }
}

it('the timeline has the newest page, and older ones when they are asked for', async () => {
  const feed = opened();
  const first = await shows(feed, ({ revisions }) => revisions.length === 100);
  expect(first.older).toBe(true);
  expect(first.revisions[0]).toMatchObject({ revision: '129', message: 'Change 129', committer: 'ana', onHub: true });
  const watch = bench.rooms.fleet.device(id);
  await watch.link.hub?.loadOlder(soon());
  watch.poke();
  const all = await shows(feed, ({ revisions }) => revisions.length === 130);
  expect(all.older).toBe(false);
  expect(all.revisions.at(-1)).toMatchObject({ revision: '0' });
  feed.close();
});

it('says what each revision changed, from states that are asked for once', async () => {
  const feed = opened();
  const timeline = await shows(feed, ({ revisions }) => revisions.filter(({ stateKnown }) => stateKnown).length >= 30);
  expect(timeline.revisions[0]).toMatchObject({ from: '128', parts: [{ part: 'web', entries: 1 }] });
  feed.close();
  const asked = hub.calls.filter((call) => call === 'stateText').length;
  await bench.rooms.states.read(id, '129', soon());
  expect(hub.calls.filter((call) => call === 'stateText')).toHaveLength(asked);
});

it('asks once for states that can’t be had, however often the device is heard', async () => {
  const watch = bench.rooms.fleet.device(id);
  await vi.waitFor(() => expect(watch.observed.runningText).toBeDefined(), 5000);
  for (let each = 0; each < 500; each += 1) hub.mishaps.push({ call: 'stateText', code: 'NOT_FOUND', arrives: true });
  const feed = opened();
  const asked = () => hub.calls.filter((call) => call === 'stateText').length;
  await vi.waitFor(() => expect(asked()).toBeGreaterThanOrEqual(30), 5000);
  const before = asked();
  for (let polls = 0; polls < 3; polls += 1) {
    const heard = new Promise<void>((resolve) => {
      const stop = watch.polls.add(() => {
        stop();
        resolve();
      });
    });
    watch.poke();
    await heard;
  }
  await expect(bench.rooms.states.read(id, '50', soon())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(asked()).toBe(before + 1);
  feed.close();
});

it('the state of a revision that was not taken is kept only as long as the hub names it', async () => {
  hub.add(state(500), 'NEW');
  const { states, profile, fleet } = bench.rooms;
  const feed = opened();
  await shows(feed, ({ revisions }) => revisions.some((one) => one.revision === '130' && one.stateKnown));
  expect(profile.revisions.state(id, name('130'))).toBeUndefined();
  const step = hub.trail[130];
  if (step) step.state = state(501);
  fleet.device(id).poke();
  await shows(feed, () => states.known(id, name('130')) === state(501));
  hub.report(130, { status: 'DONE', message: '' });
  fleet.device(id).poke();
  await shows(feed, ({ revisions }) => revisions[0]?.status === 'DONE');
  expect((await states.read(id, '130', soon())).text).toBe(state(501));
  feed.close();
});

it('local revisions stand in it as the device told them last', async () => {
  const { profile } = bench.rooms;
  const local = {
    name: name('locals/mine'),
    date: '2023-11-14T22:15:00Z',
    message: 'Mine',
    progress: { status: 'ERROR', message: '' },
  };
  profile.revisions.saveTimeline(id, [local]);
  const feed = opened();
  const timeline = await shows(feed, ({ revisions }) => revisions.length === 101);
  expect(timeline.revisions.find(({ revision }) => revision === 'locals/mine')).toMatchObject({ onHub: false, status: 'ERROR' });
  feed.close();
});

it('a device that is on no hub exports nothing, in words', async () => {
  const near = new ScriptedBench();
  const pieces = exportedRevision(near.rooms.fleet.device(near.id), name('1'), soon());
  await expect(pieces.next()).rejects.toMatchObject({ code: 'WAY_MISSING', data: { next: expect.stringContaining('Sign in') } });
  await near.close();
});
