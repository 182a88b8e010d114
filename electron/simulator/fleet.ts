/** The demo fleet: a dozen simulated devices that run inside the program, each on sockets of its own. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { HostKey } from '../net/host-key.ts';
import { BOARDS } from './demo/catalog.ts';
import { type Story, seedOf } from './demo/history.ts';
import { STORIES } from './demo/stories.ts';
import { startSimulatedDevice } from './device.ts';
import { readText, writeWhole } from './disk.ts';
import { readJson } from './exchange.ts';
import type { HubConnection, SimulatedDevice, SimulatedDeviceOptions } from './options.ts';

export type DemoFleetOptions = {
  /** Where the devices' disks lie, one folder each. What is there is continued. */
  readonly dir: string;
  /** Real seconds for one device second. */
  readonly timeScale: number;
  /** A public key that may log in everywhere, as a line of authorized_keys. */
  readonly authorizedKey: string;
  /** Devices of the fleet that are on a hub as well, by their names (`DemoHub.lanDevices`). */
  readonly onHub?: readonly (HubConnection & { readonly name: string })[];
};

export type DemoDevice = {
  readonly name: string;
  readonly host: string;
  /** Undefined where the device has no pvr endpoint. */
  readonly httpPort: number | undefined;
  /** Undefined where the device has no SSH server. */
  readonly sshPort: number | undefined;
  readonly hostKeyFingerprint: string;
  /** The key to pin; undefined where there is no SSH server. */
  readonly hostKey: HostKey | undefined;
  readonly board: string;
  /** The device itself, to switch faults on. */
  readonly simulated: SimulatedDevice;
};

export interface DemoFleet {
  readonly devices: readonly DemoDevice[];
  /** Stops every device; their disks stay as they are. */
  close(): Promise<void>;
}

/** Starts the fleet. Devices get the ports that they had the last time, where those are free. */
export async function startDemoFleet(options: DemoFleetOptions): Promise<DemoFleet> {
  const devices = await Promise.all(STORIES.map((story) => startDemoDevice(story, options)));
  return {
    devices,
    close: async () => {
      await Promise.all(devices.map(({ simulated }) => simulated.close()));
    },
  };
}

const portsSchema = z.object({ httpPort: z.number().exactOptional(), sshPort: z.number().exactOptional() });
type Ports = z.infer<typeof portsSchema>;

async function startDemoDevice(story: Story, fleet: DemoFleetOptions): Promise<DemoDevice> {
  const { dir: fleetDir, timeScale, authorizedKey, onHub = [] } = fleet;
  const hub = onHub.find(({ name }) => name === story.name);
  const dir = join(fleetDir, story.name);
  const portsFile = join(dir, 'ports.json');
  const isNew = !existsSync(join(dir, 'boot.json'));
  mkdirSync(dir, { recursive: true });
  const options: SimulatedDeviceOptions = {
    dir,
    name: story.name,
    timeScale,
    authorizedKeys: [authorizedKey],
    board: BOARDS[story.board],
    ...(hub ? { hub } : {}),
    ...(story.faults ? { faults: story.faults } : {}),
    ...(story.delays ? { delays: story.delays } : {}),
    ...(story.logLines ? { logLines: story.logLines } : {}),
    ...(isNew ? { seed: seedOf(story, authorizedKey, Date.now()) } : {}),
  };
  const simulated = await startAtPorts(options, story, readPorts(portsFile));
  const { httpPort, sshPort, host, hostKeyFingerprint } = simulated;
  writeWhole(portsFile, JSON.stringify({ httpPort, sshPort }));
  keepBusy(story, simulated);
  const hostKey = sshPort === undefined ? undefined : simulated.hostKey;
  return { name: story.name, host, httpPort, sshPort, hostKeyFingerprint, hostKey, board: BOARDS[story.board].title, simulated };
}

function readPorts(file: string): Ports {
  return readJson(portsSchema, readText(file)) ?? {};
}

async function startAtPorts(
  options: SimulatedDeviceOptions,
  { sides = 'both' }: Story,
  { httpPort = 0, sshPort = 0 }: Ports,
): Promise<SimulatedDevice> {
  const at = (http: number, ssh: number): Promise<SimulatedDevice> =>
    startSimulatedDevice({
      ...options,
      httpPort: sides === 'ssh-only' ? false : http,
      sshPort: sides === 'pvr-only' ? false : ssh,
    });
  try {
    return await at(httpPort, sshPort);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return at(0, 0);
  }
}

/** A device that is shown in the middle of an update begins one, if none runs. */
function keepBusy({ busyWith }: Story, device: SimulatedDevice): void {
  if (!busyWith || device.life().phase.kind !== 'idle') return;
  const next = busyWith.find((revision) => revision !== device.boot().running);
  if (next !== undefined) device.run(next);
}
