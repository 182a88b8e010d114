import { beforeEach, describe, expect, it } from 'vitest';
import { RevisionName, Sha256 } from '../../shared/state/ids.ts';
import { hubLink } from './hub/link.ts';
import { joinLinks } from './joined.ts';
import { hubDevice, hubProblem, ScriptedHub } from './scripted-hub.ts';
import { scriptedLan } from './scripted-lan.ts';
import type { StepReport } from './source.ts';

const never = new AbortController().signal;
const name = (text: string) => RevisionName.parse(text);
const state = (v: number) => `{"#spec":"pantavisor-service-system@1","a.json":${v}}`;
const step = (revision: string, status: string, more: Partial<StepReport> = {}): StepReport => ({
  name: name(revision),
  date: '2026-01-01T00:00:00Z',
  message: '',
  progress: { status, message: '' },
  ...more,
});

let hub: ScriptedHub;
const viaHub = () => hubLink(hub.client(), hubDevice, { now: () => 0 });
beforeEach(() => {
  hub = new ScriptedHub();
  hub.add(state(0), 'DONE', 'Factory');
  hub.add(state(1), 'NEW', 'Next');
});

describe('the timeline of both', () => {
  it('has each revision once: the device says how it fares, the hub who posted it', async () => {
    const lan = scriptedLan({ readTimeline: async () => [step('0', 'UPDATED'), step('locals/x', 'ERROR')] });
    const steps = await joinLinks(lan, viaHub()).readTimeline(never);
    expect(steps.map((one) => [one.name, one.progress?.status, one.onHub, one.hubOnly, one.committer])).toEqual([
      ['0', 'UPDATED', true, undefined, 'ana'],
      ['locals/x', 'ERROR', undefined, undefined, undefined],
      ['1', 'NEW', true, true, 'ana'],
    ]);
    expect(steps[0]).toMatchObject({ message: 'Factory', date: new Date(1_700_000_000_000).toISOString() });
  });

  it('keeps what the device told when it falls silent, and believes the hub about what both know', async () => {
    let answers = true;
    const lan = scriptedLan({
      readTimeline: async () => {
        if (!answers) throw hubProblem('NOT_ANSWERING');
        return [step('0', 'DONE'), step('1', 'TESTING'), step('locals/x', 'DONE')];
      },
    });
    const link = joinLinks(lan, viaHub());
    const status = async () => (await link.readTimeline(never)).map((one) => `${one.name} ${one.progress?.status}`);
    expect(await status()).toEqual(['0 DONE', '1 TESTING', 'locals/x DONE']);
    answers = false;
    hub.report(1, { status: 'DONE', message: '' });
    expect(await status()).toEqual(['0 DONE', '1 DONE', 'locals/x DONE']);
  });

  it('fails only where neither side answers', async () => {
    hub.signOut();
    await expect(joinLinks(scriptedLan({}), viaHub()).readTimeline(never)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    await expect(joinLinks(undefined, viaHub()).readTimeline(never)).rejects.toMatchObject({ code: 'WAY_MISSING' });
  });
});

describe('one side for each question', () => {
  it('the device is asked first while it is near, its hub while it is not', async () => {
    const readRunning = async () => ({ revision: name('locals/x'), text: state(9) });
    hub.deviceMeta = { 'pantavisor.revision': '0' };
    expect(await joinLinks(scriptedLan({ readRunning }), viaHub()).readRunning(never)).toMatchObject({ revision: 'locals/x' });
    expect(await joinLinks(scriptedLan({ readRunning }, 'silent'), viaHub()).readRunning(never)).toMatchObject({ revision: '0' });
  });

  it('the hub answers for a device that does not, and for what is not on it any more', async () => {
    const link = joinLinks(
      scriptedLan({
        readState: async () => {
          throw hubProblem('NOT_FOUND');
        },
      }),
      viaHub(),
    );
    expect(await link.readState(name('0'), never)).toBe(state(0));
    hub.deviceMeta = { a: 1 };
    expect(await link.readDeviceMeta(never)).toEqual({ a: 1 });
  });

  it('progress of a revision that the device has not got is what the hub says', async () => {
    const lan = scriptedLan({ readProgress: async () => undefined });
    expect(await joinLinks(lan, viaHub()).readProgress(name('1'), never)).toMatchObject({ status: 'NEW' });
  });

  it('of a local revision the hub’s silence is no answer', async () => {
    const link = joinLinks(scriptedLan({}, 'silent'), viaHub());
    await expect(link.readProgress(name('locals/x'), never)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    await expect(link.readState(name('locals/x'), never)).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
  });

  it('user-meta is the hub’s where there is one', async () => {
    hub.userMeta = { site: 'lab' };
    const lan = scriptedLan({ readUserMeta: async () => ({ site: 'old' }) });
    expect(await joinLinks(lan, viaHub()).readUserMeta(never)).toEqual({ site: 'lab' });
    expect(await joinLinks(lan, undefined).readUserMeta(never)).toEqual({ site: 'old' });
  });

  it('an object comes from the other side where the first has none', async () => {
    const sha = Sha256.parse('a'.repeat(64));
    hub.objects.set(sha, 3);
    const chunks = [];
    for await (const chunk of joinLinks(scriptedLan({}), viaHub()).downloadObject(sha, never)) chunks.push(chunk);
    expect(chunks).toEqual([new Uint8Array(3)]);
  });

  it('commands are for the device alone', async () => {
    const told: string[] = [];
    const lan = scriptedLan({
      reboot: async () => {
        told.push('reboot');
      },
    });
    await joinLinks(lan, viaHub()).reboot(never);
    expect(told).toEqual(['reboot']);
    await expect(joinLinks(undefined, viaHub()).reboot(never)).rejects.toMatchObject({ code: 'WAY_MISSING' });
  });
});

it('what can be done is what either side can do, and each side is at hand by itself', () => {
  const lan = scriptedLan({}, 'blocked');
  const link = joinLinks(lan, viaHub());
  expect(link.capabilities).toMatchObject({ readTimeline: true, reboot: false, readLogs: true });
  expect(link.ways).toMatchObject({ ssh: { kind: 'blocked' }, hub: { kind: 'open' } });
  expect([link.by('lan'), link.by('hub'), link.hub?.via]).toEqual([lan, link.hub, 'hub']);
  expect(joinLinks(lan, undefined).ways.hub).toEqual({ kind: 'not-configured' });
});

it('nobody waits for a device that is far away while its hub answers', async () => {
  const lan = scriptedLan({ connect: () => new Promise(() => undefined) }, 'silent');
  await joinLinks(lan, viaHub()).connect(never);
});
