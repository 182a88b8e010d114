import { afterEach, expect, it, vi } from 'vitest';
import { AccountId } from '../../shared/contract/hub.ts';
import { HubBench } from '../revisions/hub-bench.ts';
import type { HubClient, HubDevice } from '../sources/hub/hub.ts';
import { hubProblem, ScriptedHub } from '../sources/scripted-hub.ts';
import { Pause } from './pause.ts';

const account = AccountId.parse('bench');
const idOf = (index: number) => index.toString(16).padStart(24, '0');

let bench: HubBench | undefined;
afterEach(async () => {
  await bench?.close();
  expect(bench?.reported).toEqual([]);
});

/** A fleet of 200 devices on a hub of which each answers as `device` says. */
async function fleetOf200(over: (all: readonly HubDevice[], hub: ScriptedHub) => Partial<HubClient>) {
  const hub = new ScriptedHub();
  hub.add('{"#spec":"pantavisor-service-system@1"}', 'DONE');
  hub.deviceMeta = { 'pantavisor.revision': '0' };
  const client = hub.client();
  const one = await client.device(idOf(0), AbortSignal.timeout(1000));
  const all = Array.from({ length: 200 }, (_, index) => ({ ...one, id: idOf(index), nick: `d${index}` }));
  const devices = vi.fn(async (): Promise<readonly HubDevice[]> => all);
  const opened = new HubBench(() => Object.assign(client, { devices }, over(all, hub)));
  bench = opened;
  const { fleet } = opened.rooms;
  await vi.waitUntil(() => fleet.all().length === 200 && fleet.work().length === 0, 10_000);
  const listShort = async () => {
    devices.mockResolvedValueOnce(all.slice(0, 10));
    fleet.listAgain(account);
    await vi.waitUntil(() => devices.mock.calls.length === 2 && fleet.work().length === 0, 10_000);
  };
  return { fleet, listShort };
}

it('a list that was cut short takes nobody away, and is not made up for by a question for each', async () => {
  const device = vi.fn();
  const { fleet, listShort } = await fleetOf200((all) => ({
    device: async (id) => {
      device(id);
      return all.find((one) => one.id === id) ?? Promise.reject(hubProblem('NOT_FOUND'));
    },
  }));
  device.mockClear();
  await listShort();
  expect(fleet.all()).toHaveLength(200);
  expect(device.mock.calls.length).toBeLessThanOrEqual(60);
});

it('devices that are all gone leave, however many they are', async () => {
  const { fleet, listShort } = await fleetOf200(() => ({ device: () => Promise.reject(hubProblem('NOT_FOUND')) }));
  await listShort();
  await vi.waitUntil(() => fleet.all().length === 10, 5000);
});

it('a hub that asks for patience is not asked for one trail after the other', async () => {
  const wait = vi.spyOn(Pause.prototype, 'wait');
  const steps = vi.fn(() => Promise.reject(hubProblem('REFUSED_BY_HUB')));
  await fleetOf200((_all, hub) => ({
    steps: () => {
      hub.restUntil = Date.now() + 120_000;
      return steps();
    },
  }));
  await vi.waitUntil(() => steps.mock.calls.length > 1 || wait.mock.calls.some(([ms]) => ms > 100_000), 5000);
  expect(steps.mock.calls.length).toBe(1);
});
