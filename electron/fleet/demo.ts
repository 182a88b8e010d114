import type { LanConnection } from '../../shared/contract/connection.ts';
import type { Profile } from '../storage/profile.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { Fleet } from './fleet.ts';

/** A simulated device as the fleet needs to know it. */
export interface DemoDevice {
  readonly name: string;
  readonly connection: LanConnection;
  readonly hostKey: { readonly algorithm: string; readonly fingerprint: string } | undefined;
}

/** The devices that are reached on the local network, and a hub with an account that has more of them. */
export interface RunningDemo {
  readonly devices: readonly DemoDevice[];
  readonly hub: { readonly url: string; readonly nick: string; readonly password: string };
  close(): Promise<void>;
}

/** Starts the simulated devices and their hub on loopback; the public key may log in to the devices. */
export type StartDemo = (options: { dir: string; authorizedKey: string }) => Promise<RunningDemo>;

export interface DemoPorts {
  readonly fleet: Fleet;
  readonly accounts: Accounts;
  readonly profile: Profile;
  readonly start: StartDemo;
  readonly dir: string;
  readonly now: () => number;
  readonly onChange: (running: boolean) => void;
}

/** The simulated fleet: devices that run inside the program, over real sockets. What is done to them stays until it is stopped. */
export class Demo {
  readonly #ports: DemoPorts;
  #running: Promise<RunningDemo> | undefined;

  constructor(ports: DemoPorts) {
    this.#ports = ports;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** Starts it, once, and adds its devices to the fleet; answers with their number. */
  async start(): Promise<number> {
    if (this.#running) return (await this.#running).devices.length;
    const { profile, dir, onChange } = this.#ports;
    this.#running = this.#ports.start({ dir, authorizedKey: profile.keys.own().publicKey });
    try {
      const { devices, hub } = await this.#running;
      for (const device of devices) await this.#join(device);
      await this.#ports.accounts.adopt(hub);
      onChange(true);
      return devices.length;
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
  }

  /** Ends it and takes its devices out of the fleet. */
  async stop(): Promise<void> {
    const { fleet, accounts, profile, onChange } = this.#ports;
    await accounts.dropDemo();
    for (const watch of fleet.all()) {
      const { demo, connection, id } = watch.record;
      // Those that the simulated hub alone knows go with its account.
      if (!demo || connection === null) continue;
      await fleet.remove(id);
      if (connection.ssh) profile.hostKeys.forget(connection.host, connection.ssh.port);
    }
    await this.close();
    onChange(false);
  }

  /** Ends it and leaves its devices in the fleet, for the next start of the program. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await (await running)?.close();
  }

  async #join(device: DemoDevice): Promise<void> {
    const { fleet, profile, now } = this.#ports;
    const { host, ssh } = device.connection;
    if (ssh && device.hostKey) profile.hostKeys.pin({ host, port: ssh.port, ...device.hostKey, acceptedAt: now() });
    const known = fleet.all().find(({ record }) => record.demo === device.name && record.connection !== null);
    if (known) (await fleet.edit(known.record.id, { connection: device.connection })).poke();
    else fleet.add({ ...device, demo: device.name });
  }
}
