import { expect, it, onTestFinished, vi } from 'vitest';
import type { SimulatedHub } from '../hub/index.ts';
import { objectsOfTwo, twoContainers } from '../test-states.ts';
import { type FleetDevice, type HubFleet, type HubFleetOptions, startHubFleet } from './fleet.ts';
import { OWNER, startTestHub } from './test-hub.ts';

const PATIENCE = { timeout: 30_000, interval: 25 };

function seedMany(hub: SimulatedHub, count: number): readonly FleetDevice[] {
  for (const object of objectsOfTwo) if ('content' in object) hub.putObject(OWNER.nick, object.content);
  const steps = [{ rev: 0, state: twoContainers(), message: 'Factory', progress: { status: 'DONE' } }];
  return hub.seedDevices(Array.from({ length: count }, (_none, index) => ({ owner: OWNER.nick, nick: `many-${index}`, steps })));
}

function startFleet(hub: SimulatedHub, options: Partial<HubFleetOptions> & Pick<HubFleetOptions, 'credentials'>): HubFleet {
  const fleet = startHubFleet({ hub, timeScale: 0.01, beatSeconds: Number.POSITIVE_INFINITY, ...options });
  onTestFinished(() => fleet.close());
  return fleet;
}

it('wakes the devices that a step was posted for, and lets them rest again', async () => {
  const { hub, owner } = await startTestHub();
  const credentials = seedMany(hub, 300);
  const [good, ...others] = credentials.map(({ id }) => id);
  const broken = others[0] ?? '';
  const fleet = startFleet(hub, {
    credentials: credentials.map((each) => (each.id === broken ? { ...each, faults: ['crash-loop:web'] } : each)),
  });
  hub.counts.reset();
  await owner.post(good ?? '', twoContainers({ web: 'b' }));
  await owner.post(broken, twoContainers({ web: 'b' }));
  expect(fleet.awake()).toBe(2);
  await fleet.whenAtRest();
  expect((await owner.step(good ?? '', 1)).progress.status).toBe('UPDATED');
  expect((await owner.step(broken, 1)).progress).toMatchObject({
    status: 'ERROR',
    'status-msg': 'A container could not be started',
  });
  expect(hub.counts.byRoute()['POST /auth/login']).toBeLessThanOrEqual(4);

  // Its next update begins from what runs now.
  const next = await owner.post(good ?? '', twoContainers({ os: 'b', web: 'b' }));
  await vi.waitFor(async () => expect((await owner.step(good ?? '', next)).progress.status).toBe('DONE'), PATIENCE);
  expect((await owner.device(good ?? ''))['device-meta']).toMatchObject({ 'pantahub.online': '1' });
});

it('runs an update on all of them at once', async () => {
  const { hub, owner } = await startTestHub();
  const credentials = seedMany(hub, 200);
  const fleet = startFleet(hub, { credentials, timeScale: 0.02 });
  await Promise.all(credentials.map(({ id }) => owner.post(id, twoContainers({ web: 'b' }))));
  await fleet.whenAtRest();
  const ends = await Promise.all(credentials.map(async ({ id }) => (await owner.step(id, 1)).progress.status));
  expect(ends.filter((end) => end !== 'UPDATED')).toEqual([]);
});

it('tells device-meta now and then, of many at once when asked to', async () => {
  const { hub, owner } = await startTestHub();
  const credentials = seedMany(hub, 100);
  const fleet = startFleet(hub, { credentials, beatSeconds: 500 });
  const told = (): number => hub.counts.byRoute()['PUT /devices/:id/device-meta'] ?? 0;
  await vi.waitFor(() => expect(told()).toBeGreaterThan(2), PATIENCE);
  expect(await fleet.changeAll(100)).toBe(100);
  const meta = async () => (await owner.device(credentials[50]?.id ?? ''))['device-meta'];
  const before = await meta();
  await fleet.changeAll(100);
  const after = await meta();
  expect(after.storage).not.toEqual(before.storage);
  // Told at its boot and not again until the next one: who sees it move takes that for a reboot.
  expect([after.sysinfo, after.time]).toEqual([before.sysinfo, before.time]);
});

it('finds a step that was posted while nobody listened', async () => {
  const { hub, owner } = await startTestHub();
  const credentials = seedMany(hub, 5);
  const id = credentials[3]?.id ?? '';
  await owner.post(id, twoContainers({ web: 'b' }));
  startFleet(hub, { credentials, beatSeconds: 50 });
  await vi.waitFor(async () => expect((await owner.step(id, 1)).progress.status).toBe('UPDATED'), PATIENCE);
});

it('comes through a hub that was away', async () => {
  const { hub, owner } = await startTestHub();
  const credentials = seedMany(hub, 20);
  const fleet = startFleet(hub, { credentials });
  await Promise.all(credentials.map(({ id }) => owner.post(id, twoContainers({ web: 'b' }))));
  hub.faults.set('down');
  await new Promise((resolve) => setTimeout(resolve, 500));
  hub.faults.clear('down');
  await fleet.whenAtRest();
  const ends = await Promise.all(credentials.map(async ({ id }) => (await owner.step(id, 1)).progress.status));
  expect(new Set(ends)).toEqual(new Set(['UPDATED']));
});
