import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StateOrigin } from '../../../shared/contract/checkout.ts';
import { FeedBench } from '../../fleet/feed-bench.ts';
import { States } from '../../revisions/states.ts';
import { type SimulatedHub, startSimulatedHub } from '../../simulator/hub/index.ts';
import { openPvrFolder } from '../folder/folder.ts';
import { cloneTo } from './clone.ts';
import { deviceReference } from './device-origin.ts';
import { hubTrailOf } from './hub-origin.ts';
import { openOrigin } from './open-origin.ts';
import { never, nowhere, problemOf, quiet, scratch, shaOf } from './test-bench.ts';

const bytes = 'an object on the hub';
const state = (message: string) =>
  `{"#spec":"pantavisor-service-system@1","a/m.json":{"m":"${message}"},"a/root":"${shaOf(bytes)}"}`;

let bench: FeedBench<SimulatedHub>;
beforeEach(async () => {
  vi.setConfig({ testTimeout: 20_000 });
  bench = await FeedBench.start(async (dir) => {
    const accounts = [{ nick: 'user1', email: 'user1@example.com', password: 'user1' }];
    const hub = await startSimulatedHub({ dir, accounts });
    hub.putObject('user1', bytes);
    const step = (rev: number, status: string) => ({
      rev,
      state: state(`post ${rev}`),
      message: '',
      progress: { status },
      at: Date.now(),
    });
    const deviceMeta = { 'pantavisor.revision': '1' };
    hub.seedDevices([
      { owner: 'user1', nick: 'kitchen', deviceMeta, userMeta: {}, steps: [step(0, 'DONE'), step(1, 'DONE'), step(2, 'NEW')] },
    ]);
    return hub;
  });
  await bench.listed(1);
});
afterEach(() => bench.close());

const open = (from: StateOrigin) =>
  openOrigin(from, {
    fleet: bench.fleet,
    states: new States(bench.fleet, bench.profile.revisions),
    objects: bench.profile.objects,
    rootOf: () => '',
    home: '/',
  });

const stateAt = async (reference: string) => (await open({ kind: 'reference', reference })).state(never);

test('a trail of an account’s device is read by that account: its newest revision, or the one that is named', async () => {
  const { deviceId } = bench.watch('kitchen').record.hub ?? {};
  const trail = `${bench.hub.url}/trails/${deviceId}`;
  expect(await stateAt(trail)).toBe(state('post 2'));
  expect(await stateAt(`${trail}/steps/1#a`)).toBe(state('post 1'));
});

test('a device of nobody here is asked without a token, which its hub refuses', async () => {
  expect(await problemOf(stateAt(`${bench.hub.url}/trails/5f0000000000000000000009`))).toBe('LOGIN_REFUSED');
});

test('a device on a hub is cloned from there, and named as pvr names it', async () => {
  const watch = bench.watch('kitchen');
  const trail = `${bench.hub.url}/trails/${watch.record.hub?.deviceId}`;
  const origin = await open({ kind: 'device', deviceId: watch.record.id, revision: 'current' });
  const dir = scratch();
  const path = join(dir, 'kitchen');
  const parts = { fragment: '', exactCli: false };
  await cloneTo({ origin, parts, path, objectsDir: join(dir, 'objects'), nearby: nowhere }, quiet, never);
  const { committed, remotes } = await (await openPvrFolder(path)).read(never);
  expect([committed, remotes.get]).toEqual([state('post 1'), trail]);
  expect(deviceReference(watch, '2')).toBe(`${trail}/steps/2`);
});

test('the short form of an account’s own device leads to its hub', () => {
  const client = (url: string) => ({ address: { url } });
  const device = (account: string, nick: string, url: string) => ({
    hub: { client: client(url), deviceId: `id of ${nick}`, accountId: 'a' },
    record: { hub: { account, nick } },
  });
  const all = [device('me · api.example.com', 'dev', 'https://api.example.com'), { hub: undefined, record: {} }];
  const found = (url: string) => hubTrailOf(url, { all: () => all as never })?.deviceId;
  expect(found('https://pvr.example.com/me/dev')).toBe('id of dev');
  expect(found('https://pvr.example.com/you/dev')).toBeUndefined();
  expect(found('https://pvr.elsewhere.com/me/dev')).toBeUndefined();
  expect(found('http://10.0.0.1:12368/cgi-bin/pvr')).toBeUndefined();
});
