import { afterEach, describe, expect, it, vi } from 'vitest';
import { AccountId, HubDeviceId } from '../../shared/contract/hub.ts';
import type { FleetDifferences, FleetPolicies } from '../../shared/contract/states.ts';
import { canonicalize, stateSha } from '../../shared/state/canonical.ts';
import { ScriptedHub } from '../sources/scripted-hub.ts';
import type { OpenStates } from './fleet-states.ts';
import { ScriptedFleet, stateWith } from './scripted-fleet.ts';

let fleet: ScriptedFleet;
let open: OpenStates<unknown> | undefined;
afterEach(async () => {
  open?.close();
  open = undefined;
  await fleet.close();
  expect(fleet.reported).toEqual([]);
});

const plain = stateWith({ web: '', db: '' });
const own = stateWith({ web: ',"restart_policy":"container"', db: '' });
const soon = () => AbortSignal.timeout(5000);

function policies(): OpenStates<FleetPolicies> {
  const opened = fleet.rooms.fleetStates.policies();
  open = opened;
  return opened;
}

async function differences(reference: Parameters<typeof fleet.rooms.fleetStates.differences>[0]) {
  const opened = await fleet.rooms.fleetStates.differences(reference, soon());
  open = opened;
  return opened;
}

/** Waits until what is worked out looks like this. */
async function until<Value>(opened: OpenStates<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  await vi.waitUntil(() => wanted(opened.value), { timeout: 10_000 });
  return opened.value;
}
const all = ({ progress }: FleetPolicies | FleetDifferences) => progress.read === progress.of;

it('nothing of the fleet is listened to once nobody looks', async () => {
  fleet = new ScriptedFleet([plain, own]);
  const before = fleet.rooms.fleet.events.size;
  const [first, second] = [policies(), fleet.rooms.fleetStates.policies()];
  await until(first, all);
  second.close();
  expect(fleet.rooms.fleet.events.size).toBe(before + 1);
  first.close();
  expect(fleet.rooms.fleet.events.size).toBe(before);
});

describe('policies', () => {
  it('come with where they come from, devices under the same ones together', async () => {
    fleet = new ScriptedFleet([plain, own, plain, stateWith({ web: ',"group":"platform"', db: '' })]);
    const { groups, progress } = await until(policies(), all);
    expect(progress).toEqual({ read: 4, of: 4, unreadable: [] });
    expect(groups[0]).toEqual({
      policies: [
        { container: 'db', policy: 'system', origin: 'group', group: 'platform' },
        { container: 'web', policy: 'system', origin: 'group', group: 'root' },
      ],
      devices: [fleet.id(0), fleet.id(2)],
    });
    expect(groups.find(({ devices }) => devices.includes(fleet.id(1)))?.policies[1]).toEqual({
      container: 'web',
      policy: 'container',
      origin: 'own',
    });
    expect(groups).toHaveLength(3);
  });

  it('follow a device that moves, and forget one that is removed', async () => {
    fleet = new ScriptedFleet([plain, plain]);
    const opened = policies();
    await until(opened, all);
    const second = fleet.device(1);
    second.steps.set('locals/new', { state: own, status: 'DONE', date: '2026-03-01T00:00:00Z' });
    second.running = 'locals/new';
    fleet.rooms.fleet.device(fleet.id(1)).poke();
    await until(opened, ({ groups }) => groups.length === 2);
    await fleet.rooms.fleet.remove(fleet.id(1));
    await until(opened, ({ groups, progress }) => groups.length === 1 && progress.of === 1);
  });

  it('of a device that does not answer are read from storage, and one that never told is unreadable', async () => {
    fleet = new ScriptedFleet([plain, plain]);
    await until(policies(), all);
    open?.close();
    const { http, ssh } = fleet.rooms.fleet.device(fleet.id(0)).ways;
    expect([http.kind, ssh.kind]).toEqual(['open', 'open']);
    fleet.device(1).steps.clear();
    await fleet.restart();
    fleet.device(0).ssh = false;
    const value = await until(policies(), all);
    expect(value.groups[0]?.devices).toHaveLength(2);
  });

  it('that are no state are unreadable', async () => {
    fleet = new ScriptedFleet([plain, '{"no":"state"}']);
    const { progress } = await until(policies(), ({ progress: { unreadable } }) => unreadable.length > 0);
    expect(progress).toEqual({ read: 1, of: 2, unreadable: [fleet.id(1)] });
  });
});

describe('differences', () => {
  it('are grouped by how, largest group first, with what moving there would do', async () => {
    fleet = new ScriptedFleet([plain, own, own, plain.replace('"db"', ' "db"')]);
    const { groups } = await until(await differences({ deviceId: fleet.id(0), revision: 'current' }), all);
    expect(groups.map(({ devices }) => devices.map(({ name }) => name))).toEqual([['d1', 'd2'], ['d0'], ['d3']]);
    expect(groups[0]).toMatchObject({
      sha: stateSha(own),
      changes: [{ key: 'web/run.json', kind: 'changed', part: 'web' }],
      forecast: { kind: 'move' },
    });
    expect(groups[1]?.changes).toEqual([]);
    expect(groups[2]).toMatchObject({ sha: stateSha(plain), changes: [{ key: 'db/run.json', kind: 'formatting' }] });
  });

  it('follow the draft that they are from, and the device', async () => {
    fleet = new ScriptedFleet([plain, own]);
    const draftId = await fleet.draft(own);
    const opened = await differences({ draftId });
    expect((await until(opened, all)).groups.map(({ changes }) => changes.length).sort()).toEqual([0, 1]);
    const { version } = fleet.rooms.drafts.get(draftId);
    fleet.rooms.drafts.remove(draftId, version, ['db/run.json']);
    const later = await until(opened, ({ groups }) => groups.every(({ changes }) => changes.length > 0) && groups.length === 2);
    expect(later.groups.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'removed')).toHaveLength(2);
  });
});

describe('a large fleet on a hub', () => {
  it('is asked for each distinct state once', async () => {
    fleet = new ScriptedFleet([]);
    const hub = new ScriptedHub();
    const count = 1000;
    const states = Array.from({ length: 10 }, (_one, at) => canonicalize(stateWith({ web: `,"v":${at}`, db: '' })));
    const stateOf = (id: string) => states[Number.parseInt(id, 16) % states.length] ?? '';
    const ids = Array.from({ length: count }, (_one, at) => HubDeviceId.parse(at.toString(16).padStart(24, '0')));
    let asked = 0;
    const client = Object.assign(hub.client(), {
      devices: async () =>
        ids.map((id) => ({
          id,
          nick: `n${id}`,
          owner: 'prn:::accounts:/1',
          public: false,
          garbage: false,
          userMeta: {},
          deviceMeta: { 'pantavisor.revision': '3' },
          createdAt: 1,
          modifiedAt: 1,
        })),
      changedSteps: async (after: string) => ({
        rows: ids.map((deviceId) => ({
          deviceId,
          revision: 3,
          message: '',
          committer: 'ana',
          createdAt: 2,
          changedAt: 2,
          progress: { status: 'DONE', message: '' },
          stateSha: stateSha(stateOf(deviceId)),
          garbage: false,
        })),
        next: after,
        more: false,
      }),
      stateText: async (id: string) => {
        asked += 1;
        return stateOf(id);
      },
    });
    fleet.rooms.fleet.attachAccount({ id: AccountId.parse('a1'), label: 'ana · hub', demo: false, client });
    await vi.waitUntil(() => fleet.rooms.fleet.all().length === count, { timeout: 10_000 });
    await vi.waitUntil(() => fleet.rooms.fleet.all().every(({ facts }) => facts.hub?.steps.length === 1), { timeout: 10_000 });
    const { groups } = await until(policies(), ({ progress }) => progress.read === count);
    expect(groups).toHaveLength(1);
    expect(asked).toBeLessThan(3 * states.length);
  });
});
