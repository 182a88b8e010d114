import { beforeEach, describe, expect, it } from 'vitest';
import { stateSha } from '../../../shared/state/canonical.ts';
import { RevisionName } from '../../../shared/state/ids.ts';
import { hubDevice, ScriptedHub } from '../scripted-hub.ts';
import type { HubLink } from '../source.ts';
import { hubLink } from './link.ts';

const never = new AbortController().signal;
const name = (text: string) => RevisionName.parse(text);
const state = (v: number) => `{"#spec":"pantavisor-service-system@1","a.json":${v}}`;

let hub: ScriptedHub;
let now = 1000;
let link: HubLink;
beforeEach(() => {
  hub = new ScriptedHub();
  now = 1000;
  link = hubLink(hub.client(), hubDevice, { now: () => now });
});

const numbers = async () => (await link.readTimeline(never)).map((step) => step.name);
const range = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => String(from - at));

describe('the trail of a device on its hub', () => {
  it('is read newest first, a page of 100 at a time', async () => {
    for (let v = 0; v < 250; v += 1) hub.add(state(v), 'DONE');
    expect(await numbers()).toEqual(range(249, 150));
    expect(link.hasOlder).toBe(true);
    await link.loadOlder(never);
    expect(await numbers()).toEqual(range(249, 50));
    await link.loadOlder(never);
    expect(await numbers()).toEqual(range(249, 0));
    expect(link.hasOlder).toBe(false);
  });

  it('has who posted each revision, when, what became of it, and the sha of its state', async () => {
    hub.add(state(0), 'DONE', 'Factory', 'factory');
    hub.add(state(1), 'CANCEL', 'Take it back');
    const [newest, oldest] = await link.readTimeline(never);
    expect(newest).toMatchObject({ name: '1', message: 'Take it back', committer: 'ana', onHub: true, hubOnly: true });
    expect(oldest).toMatchObject({ date: '2023-11-14T22:13:20.000Z', committer: 'factory', stateSha: stateSha(state(0)) });
    expect(newest?.progress?.status).toBe('CANCEL');
  });

  it('asks for little once it is known, and misses nothing that is new or on its way', async () => {
    for (let v = 0; v < 30; v += 1) hub.add(state(v), v === 2 ? 'DOWNLOADING' : 'DONE');
    await link.readTimeline(never);
    hub.report(2, { status: 'ERROR', message: '' });
    for (let v = 30; v < 55; v += 1) hub.add(state(v), 'DONE');
    const steps = await link.readTimeline(never);
    expect(steps.map((step) => step.name)).toEqual(range(54, 0));
    expect(steps.find((step) => step.name === '2')?.progress?.status).toBe('ERROR');
  });

  it('asks for a pile of waiting revisions in one question, and once for statuses that it has no word for', async () => {
    hub.add(state(0), 'DONE');
    for (let v = 1; v < 20; v += 1) hub.add(state(v), 'SYNCING');
    for (let v = 20; v < 350; v += 1) hub.add(state(v), 'NEW');
    await link.readTimeline(never);
    await link.loadOlder(never);
    await link.loadOlder(never);
    await link.loadOlder(never);
    await link.readTimeline(never);
    hub.calls.length = 0;
    expect((await numbers()).length).toBe(350);
    expect(hub.calls).toEqual(['steps']);
  });

  it('begins anew where so much is new that the pages do not join', async () => {
    hub.add(state(0), 'DONE');
    await link.readTimeline(never);
    for (let v = 1; v < 300; v += 1) hub.add(state(v), 'DONE');
    expect(await numbers()).toEqual(range(299, 200));
    expect(link.hasOlder).toBe(true);
  });
});

describe('the running revision', () => {
  it('is the one that the device names', async () => {
    hub.add(state(0), 'DONE');
    hub.add(state(1), 'DONE');
    hub.deviceMeta = { 'pantavisor.revision': '0' };
    expect(await link.readRunning(never)).toEqual({ revision: '0', text: state(0) });
  });

  it('is the newest that ended well where the device names none', async () => {
    hub.add(state(0), 'DONE');
    hub.add(state(1), 'UPDATED');
    hub.add(state(2), 'ERROR');
    expect(await link.readRunning(never)).toEqual({ revision: '1', text: state(1) });
  });

  it('is on the device alone when it is a local one', async () => {
    hub.add(state(0), 'DONE');
    hub.deviceMeta = { 'pantavisor.revision': 'locals/mine' };
    await expect(link.readRunning(never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(hub.calls).not.toContain('stateText');
  });
});

describe('the way over the hub', () => {
  it.each([
    [{ kind: 'open', heardAt: 5 }, 'open', true],
    [{ kind: 'connecting' }, 'connecting', false],
    [{ kind: 'silent', since: 5, heardAt: 1, problem: undefined }, 'silent', true],
    [{ kind: 'silent', since: 5, problem: undefined }, 'silent', false],
    [{ kind: 'locked' }, 'blocked', false],
  ] as const)('%o', (status, kind, works) => {
    const problem = { code: 'UNREACHABLE', what: '', unchanged: '', next: '' } as const;
    hub.setStatus(status.kind === 'silent' ? { ...status, problem } : status);
    expect(link.ways).toMatchObject({ http: { kind: 'not-configured' }, ssh: { kind: 'not-configured' }, hub: { kind } });
    const { readContainers, reboot, openTerminal, ...others } = link.capabilities;
    expect([readContainers, reboot, openTerminal]).toEqual([false, false, false]);
    expect(new Set(Object.values(others))).toEqual(new Set([works]));
  });

  it('is asked for once when it was not heard, and not again at once', async () => {
    hub.add(state(0), 'DONE');
    hub.setStatus({ kind: 'silent', since: 1, problem: { code: 'UNREACHABLE', what: '', unchanged: '', next: '' } });
    await link.connect(never);
    await link.connect(never);
    expect(hub.calls).toEqual(['device']);
    now += 5000;
    await link.connect(never);
    expect(hub.calls).toEqual(['device', 'device']);
  });
});

describe('a post', () => {
  it('takes exactly the number of its name, as the signed-in user', async () => {
    hub.add(state(0), 'DONE');
    const posted = await link.postRevision({ name: name('1'), message: 'Next', state: state(1) }, never);
    expect(posted).toEqual({ revision: '1', runs: true });
    expect(hub.trail[1]).toMatchObject({ message: 'Next', committer: 'ana', state: state(1) });
    await expect(link.postRevision({ name: name('1'), message: '', state: state(2) }, never)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(link.postRevision({ name: name('locals/x'), message: '', state: state(2) }, never)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is followed by its number; of local revisions nothing is known', async () => {
    hub.add(state(0), 'DONE');
    hub.report(0, { status: 'DOWNLOADING', message: '', downloads: { total: 10, done: 4 } });
    expect(await link.readProgress(name('0'), never)).toMatchObject({ downloads: { total: 10, done: 4 } });
    expect(await link.readProgress(name('7'), never)).toBeUndefined();
    expect(await link.readProgress(name('locals/x'), never)).toBeUndefined();
  });
});

it('metadata that was changed is not served as it was before', async () => {
  hub.userMeta = { a: '1' };
  expect(await link.readUserMeta(never)).toEqual({ a: '1' });
  await link.changeUserMeta((own) => ({ ...own, b: '2' }), never);
  expect(await link.readUserMeta(never)).toEqual({ a: '1', b: '2' });
});

it.each([
  ['containers', () => link.readContainers(never)],
  ['a reboot', () => link.reboot(never)],
  ['a run', () => link.runRevision(name('0'), never)],
  ['going remote', () => link.goRemote(never)],
])('%s needs the local network', async (_what, ask) => {
  await expect(ask()).rejects.toMatchObject({ code: 'WAY_MISSING', data: { next: expect.stringContaining('SSH') } });
});
