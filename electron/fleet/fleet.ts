import { randomUUID } from 'node:crypto';
import type { LanConnection } from '../../shared/contract/connection.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { FleetEvent, ProbeResult } from '../../shared/contract/fleet.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import { joinLinks } from '../sources/joined.ts';
import type { DeviceLink, LoginKeys, Source } from '../sources/source.ts';
import type { DeviceRecord } from '../storage/devices.ts';
import type { Profile } from '../storage/profile.ts';
import { DeviceWatch } from './device-watch.ts';
import { Listeners } from './listeners.ts';
import { probeLink } from './probe.ts';

export interface FleetPorts {
  readonly profile: Profile;
  readonly source: Source;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

/** All devices of all sources: the inventory, and one watch for each. */
export class Fleet {
  readonly events = new Listeners<FleetEvent>();
  readonly #ports: FleetPorts;
  readonly #watches = new Map<DeviceId, DeviceWatch>();
  /** A watch that took the place of another one, because the way to its device was edited. */
  readonly #successors = new Listeners<DeviceWatch>();
  readonly #polls: number[] = [];

  constructor(ports: FleetPorts) {
    this.#ports = ports;
    for (const record of ports.profile.devices.all()) this.#watch(record);
  }

  all(): readonly DeviceWatch[] {
    return [...this.#watches.values()];
  }

  /** NOT_FOUND where the device was removed meanwhile. */
  device(id: DeviceId): DeviceWatch {
    const watch = this.#watches.get(id);
    if (watch) return watch;
    throw new TrailbossError('NOT_FOUND', {
      what: 'This device is not in the fleet any more.',
      unchanged: 'Nothing was done.',
      next: 'Go back to the fleet; add it again by its address if it should be there.',
    });
  }

  /**
   * Attaches something to the device's watch, and to the one that takes its place when the way to the device is edited.
   * `attach` returns the way to detach it, and so does this. NOT_FOUND where the device was removed meanwhile.
   */
  attached(id: DeviceId, attach: (watch: DeviceWatch) => () => void): () => void {
    let detach = attach(this.device(id));
    const stopListening = this.#successors.add((watch) => {
      if (watch.record.id !== id) return;
      detach();
      detach = attach(watch);
    });
    return () => {
      stopListening();
      detach();
    };
  }

  /** How many times devices were asked something in the last minute. */
  get pollsPerMinute(): number {
    this.#forgetPolls();
    return this.#polls.length;
  }

  /** CONFLICT where the fleet has a device that is reached in the same way: two watches would move it twice. */
  add(input: { name?: string | undefined; connection: LanConnection; demo?: string }): DeviceWatch {
    const { profile, now } = this.#ports;
    const same = this.all().find(({ record }) => sameWays(record.connection, input.connection));
    if (same) throw alreadyThere(same.record.name);
    const record: DeviceRecord = {
      id: DeviceId.parse(randomUUID()),
      name: input.name ?? input.connection.host,
      connection: input.connection,
      demo: input.demo,
      addedAt: now(),
    };
    profile.devices.save(record);
    profile.activity.record({ what: 'added the device', result: 'ok', device: record });
    return this.#watch(record);
  }

  async edit(id: DeviceId, input: { name?: string | undefined; connection: LanConnection }): Promise<DeviceWatch> {
    const old = this.device(id);
    const record = { ...old.record, name: input.name ?? old.record.name, connection: input.connection };
    this.#ports.profile.devices.save(record);
    if (JSON.stringify(record.connection) === JSON.stringify(old.record.connection)) {
      old.record = record;
      old.changes.tell();
      return old;
    }
    await old.close();
    // Another window edited or removed it meanwhile; the last word holds.
    if (this.#watches.get(id) !== old) return this.edit(id, input);
    const successor = this.#watch(record);
    this.#successors.tell(successor);
    return successor;
  }

  async remove(id: DeviceId): Promise<void> {
    const watch = this.device(id);
    this.#watches.delete(id);
    await watch.close();
    this.#ports.profile.activity.record({ what: 'removed the device from the fleet', result: 'ok', device: watch.record });
    this.#ports.profile.devices.remove(id);
    this.events.tell({ kind: 'removed', ids: [id] });
    watch.changes.tell();
  }

  /** Asks an address what it is, storing nothing. */
  async probe(connection: LanConnection, signal: AbortSignal): Promise<ProbeResult> {
    const link = this.#open(connection);
    try {
      return await probeLink(link, connection, signal);
    } finally {
      await link.close();
    }
  }

  /** Pins a host key that the person accepted, and tries the device again. */
  trustHostKey(id: DeviceId, accepted: { fingerprint: string; replaces?: string | undefined }): void {
    const watch = this.device(id);
    const way = watch.link.ways.ssh;
    const question = way.kind === 'blocked' ? way.problem.hostKey : undefined;
    if (!question || question.fingerprint !== accepted.fingerprint || question.pinned !== accepted.replaces) {
      throw new TrailbossError('CONFLICT', {
        what: 'The device shows another host key now than the one you were asked about.',
        unchanged: 'No key was accepted.',
        next: 'Look at the fingerprint again.',
      });
    }
    this.#ports.profile.hostKeys.pin({ ...question, acceptedAt: this.#ports.now() });
    this.#ports.profile.activity.record({
      what: `${accepted.replaces ? 'replaced' : 'accepted'} the host key ${question.fingerprint}`,
      result: 'ok',
      device: watch.record,
    });
    watch.poke();
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map((watch) => watch.close()));
  }

  #forgetPolls(): void {
    const since = this.#ports.now() - 60_000;
    const kept = this.#polls.findIndex((at) => at >= since);
    this.#polls.splice(0, kept < 0 ? this.#polls.length : kept);
  }

  #open(connection: LanConnection): DeviceLink {
    const { profile, now } = this.#ports;
    const keys: LoginKeys = profile.keys;
    return this.#ports.source.open(connection, { trust: profile.hostKeys, keys, now });
  }

  #watch(record: DeviceRecord): DeviceWatch {
    const watch = new DeviceWatch(record, joinLinks(this.#open(record.connection), undefined), {
      profile: this.#ports.profile,
      now: this.#ports.now,
      fleetOpen: () => this.events.size > 0,
      report: this.#ports.report,
    });
    this.#watches.set(record.id, watch);
    let shown = '';
    watch.changes.add(() => {
      const device = watch.summary;
      const text = JSON.stringify(device);
      if (text === shown || this.#watches.get(record.id) !== watch) return;
      shown = text;
      this.events.tell({ kind: 'changed', devices: [device] });
    });
    watch.polls.add((poll) => {
      this.#forgetPolls();
      this.#polls.push(poll.at);
    });
    this.events.tell({ kind: 'changed', devices: [watch.summary] });
    return watch;
  }
}

/** Behind one address there may be several devices (forwarded ports), so the ports count. */
function sameWays(a: LanConnection, b: LanConnection): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.http?.port === b.http?.port && a.ssh?.port === b.ssh?.port;
}

function alreadyThere(name: string): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: `This address is in the fleet already: it is ${name}.`,
    unchanged: 'Nothing was added.',
    next: 'Open that device; to reach it in another way, edit it.',
  });
}
