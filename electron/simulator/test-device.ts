/** For tests: a simulated device with two containers, on a disk of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type SimulatedDevice, type SimulatedDeviceOptions, startSimulatedDevice } from './index.ts';
import { testKey } from './test-login.ts';
import { objectsOfTwo, twoContainers } from './test-states.ts';

export type TestDevice = SimulatedDevice & {
  readonly dir: string;
  /** The origin of its HTTP side. */
  readonly base: string;
};

/** It is closed and its disk removed when the test has ended. */
export async function startTestDevice(options: Partial<SimulatedDeviceOptions> = {}): Promise<TestDevice> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'trailboss-simulator-')));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const device = await startSimulatedDevice({
    dir,
    timeScale: 0.01,
    authorizedKeys: [testKey.publicLine],
    seed: { revisions: [{ name: '0', state: twoContainers() }], objects: objectsOfTwo },
    ...options,
  });
  onTestFinished(() => device.close());
  return Object.assign(device, { dir, base: `http://${device.host}:${device.httpPort}` });
}
