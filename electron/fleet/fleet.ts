import { randomUUID } from 'node:crypto';
import type { LanConnection } from '../../shared/contract/connection.ts';
import type { HostKeyQuestion } from '../../shared/contract/errors.ts';
import type { FleetEvent, ProbeResult } from '../../shared/contract/fleet.ts';
import type { AccountId, HubDeviceId } from '../../shared/contract/hub.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import type { HubDevice } from '../sources/hub/hub.ts';
import type { DeviceLink, LoginKeys, Source } from '../sources/source.ts';
import type { DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import type { Profile } from '../storage/profile.ts';
import { AccountSeat, type OpenAccount } from './account-seat.ts';
import { Audience } from './audience.ts';
import { patience } from './cadence.ts';
import { DeviceWatch, type WatchPorts } from './device-watch.ts';
import { FleetNews } from './fleet-news.ts';
import { HubFeed } from './hub-feed.ts';
import { HubRoster } from './hub-roster.ts';
import { Inventory } from './inventory.ts';
import { Listeners } from './listeners.ts';
import { joined, withoutHub, withoutLan } from './one-device.ts';
import { probeLink } from './probe.ts';
import { alreadyThere, notInFleet, onHubOnly, otherKeyNow } from './problems.ts';
import { RateMeter } from './rate-meter.ts';

export interface FleetPorts {
  readonly profile: Profile;
  readonly source: Source;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
}

/** All devices of all sources: the inventory, one watch for each, and one feed for each account on a hub. */
export class Fleet {
  readonly events = new Listeners<FleetEvent>();
  readonly audience = new Audience();
  /** The host key that a diagnosis met, which the device's own connection may not have met yet. */
  readonly keysMet = new WeakMap<DeviceWatch, HostKeyQuestion>();
  readonly #ports: FleetPorts;
  readonly #watchPorts: WatchPorts;
  readonly #inventory = new Inventory();
  readonly #news = new FleetNews(this.events);
  readonly #feeds = new Map<AccountId, HubFeed>();
  /** A watch that took the place of another one: the way to its device was edited, or two records turned out to be one device. */
  readonly #successors = new Listeners<{ readonly id: DeviceId; readonly watch: DeviceWatch }>();
  readonly #devicesAsked: RateMeter;
  readonly #hubsAsked: RateMeter;

  constructor(ports: FleetPorts) {
    this.#ports = ports;
    this.#devicesAsked = new RateMeter(ports.now);
    this.#hubsAsked = new RateMeter(ports.now);
    const { profile, now, report, source } = ports;
    const looking = () => this.audience.isLooking;
    const patient = () => patience({ looking: looking(), neighbours: this.#inventory.near.size });
    const keys: LoginKeys = profile.keys;
    this.#watchPorts = {
      profile,
      now,
      report,
      looking,
      fleetOpen: () => looking() && this.events.size > 0,
      neighbours: () => this.#inventory.near.size,
      random: Math.random,
      openLan: (connection) => source.open(connection, { trust: profile.hostKeys, keys, now, patience: patient }),
      onChange: (watch) => this.#news.changed(watch),
      onPoll: () => this.#devicesAsked.count(),
      onIdentity: (watch, hubDevice) => this.#identified(watch, hubDevice),
    };
    const facts = profile.devices.allFacts();
    for (const record of profile.devices.all()) this.#watch(record, facts.get(record.id) ?? {}, undefined);
    this.audience.changes.add(() => {
      if (!this.audience.isLooking) return;
      for (const one of [...this.all(), ...this.#feeds.values()]) one.reconsider();
    });
  }

  all(): readonly DeviceWatch[] {
    return this.#inventory.all();
  }

  /** How many there are, and how many of them are there now as far as anybody can tell without asking. */
  get count(): { readonly total: number; readonly open: number } {
    const all = this.all();
    return { total: all.length, open: all.reduce((open, watch) => (watch.isThere ? open + 1 : open), 0) };
  }

  /** A device came or went, or is reached in another way now. */
  get membership(): Listeners<void> {
    return this.#inventory.changes;
  }

  /** Whether this is the watch of its device now. */
  has(watch: DeviceWatch): boolean {
    return this.#inventory.get(watch.record.id) === watch;
  }

  /** NOT_FOUND where the device was removed meanwhile. */
  device(id: DeviceId): DeviceWatch {
    const watch = this.#inventory.get(id);
    if (watch) return watch;
    throw notInFleet();
  }

  /**
   * Attaches something to the device's watch, and to the one that takes its place when the way to the device is edited.
   * `attach` returns the way to detach it, and so does this. NOT_FOUND where the device was removed meanwhile.
   */
  attached(id: DeviceId, attach: (watch: DeviceWatch) => () => void): () => void {
    let watched = this.device(id);
    let detach = attach(watched);
    const stopListening = this.#successors.add((successor) => {
      if (this.#inventory.idOf(successor.id) !== this.#inventory.idOf(id) || successor.watch === watched) return;
      detach();
      watched = successor.watch;
      detach = attach(watched);
    });
    return () => {
      stopListening();
      detach();
    };
  }

  /** How many times devices and hubs were asked something in the last minute. */
  get pollsPerMinute(): number {
    const { devices, hubs } = this.polls;
    return devices + hubs;
  }

  /** The same apart: devices on the local network, and hubs. */
  get polls(): { readonly devices: number; readonly hubs: number } {
    return { devices: this.#devicesAsked.perMinute, hubs: this.#hubsAsked.perMinute };
  }

  /** What runs in the background, for the status bar. */
  work(): readonly { id: string; text: string }[] {
    return [...this.#feeds.values()]
      .filter((feed) => feed.isListing)
      .map((feed) => ({ id: `listing-${feed.accountId}`, text: `Listing the devices of ${feed.roster.seat.account.label}` }));
  }

  /** Begins to hear of an account's devices; one that is there already is heard through this from now on. */
  attachAccount(account: OpenAccount): void {
    const { now, report, profile } = this.#ports;
    this.#feeds.get(account.id)?.close().catch(report);
    const seat = new AccountSeat(account, now);
    for (const watch of this.#inventory.ofAccount(account.id)) watch.place(watch.record, seat);
    const roster = new HubRoster(seat, {
      inventory: this.#inventory,
      profile,
      now,
      admit: (record, facts, of) => this.#watch(record, facts, of),
      dismiss: (watches) => this.#dismiss(watches),
    });
    const feed = new HubFeed(roster, {
      now,
      report,
      looking: this.#watchPorts.looking,
      fleetOpen: this.#watchPorts.fleetOpen,
      onCall: () => this.#hubsAsked.count(),
      onTaken: () => this.#joinKnown(),
      dismiss: (watches) => this.#dismiss(watches),
      random: Math.random,
    });
    this.#feeds.set(account.id, feed);
  }

  /** `forget` takes devices that are known only from there out of the fleet; otherwise their rows stay as they are. */
  async detachAccount(id: AccountId, options: { readonly forget: boolean }): Promise<void> {
    const feed = this.#feeds.get(id);
    this.#feeds.delete(id);
    await feed?.close();
    const watches = this.#inventory.ofAccount(id);
    if (options.forget) this.#dismiss(watches);
    else for (const watch of watches) watch.place(watch.record, undefined);
  }

  /** Takes in what the hub just said of a device, and answers with its row. NOT_FOUND where it says that the device was deleted. */
  heardOfDevice(id: AccountId, device: HubDevice): DeviceId {
    const watch = this.#feeds.get(id)?.roster.takeDevice(device);
    if (!watch) throw notInFleet();
    this.#joinKnown();
    return this.#inventory.idOf(watch.record.id);
  }

  /** What was deleted on the hub: the row goes, unless the device is known on the local network too. */
  async lostDevice(id: AccountId, device: HubDeviceId): Promise<void> {
    const watch = this.#inventory.at(id, device);
    if (watch) this.#dismiss([watch]);
  }

  /** These are on the screen now: what their account's list and changes left out is asked for, one after the other. */
  show(ids: readonly DeviceId[]): void {
    const watches = ids.flatMap((id) => this.#inventory.get(id) ?? []);
    for (const [account, feed] of this.#feeds) feed.show(watches.filter(({ record }) => record.hub?.accountId === account));
  }

  /** Lists the account's devices anew, now. */
  listAgain(id: AccountId): void {
    this.#feeds.get(id)?.listAgain();
  }

  /** CONFLICT where the fleet has a device that is reached in the same way: two watches would move it twice. */
  add(input: { name?: string | undefined; connection: LanConnection; demo?: string }): DeviceWatch {
    const { profile, now } = this.#ports;
    const same = this.all().find(({ record }) => record.connection && sameWays(record.connection, input.connection));
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
    const watch = this.#watch(record, {}, undefined);
    watch.poke();
    return watch;
  }

  /** A device that is known from a hub only gets a way over the local network. */
  async edit(id: DeviceId, input: { name?: string | undefined; connection: LanConnection }): Promise<DeviceWatch> {
    const old = this.device(id);
    const record = { ...old.record, name: input.name ?? old.record.name, connection: input.connection };
    this.#ports.profile.devices.save(record);
    if (JSON.stringify(record.connection) === JSON.stringify(old.record.connection)) {
      old.place(record, this.#seatOf(record));
      return old;
    }
    return (await this.#replace(old, record)) ?? this.edit(id, input);
  }

  /**
   * Forgets how the device is reached on the local network; one that is known from a hub stays, with its history. Else forgets it.
   * CONFLICT for a device that is known from a hub only.
   */
  async remove(id: DeviceId): Promise<void> {
    const watch = this.device(id);
    const { profile } = this.#ports;
    const { record } = watch;
    if (record.hub && record.connection === null) throw onHubOnly(record.hub);
    profile.activity.record({ what: 'removed the device from the fleet', result: 'ok', device: record });
    if (record.hub) {
      const { record: kept, facts } = withoutLan(record, watch.facts);
      profile.devices.saveAll([{ id: record.id, record: kept, facts }]);
      if (!(await this.#replace(watch, kept, facts))) await this.remove(id);
      return;
    }
    this.#inventory.drop(watch);
    await watch.close();
    profile.devices.remove(record.id);
    this.#news.removed([watch], [record.id]);
    watch.changes.tell();
  }

  /** Asks an address what it is, storing nothing. */
  async probe(connection: LanConnection, signal: AbortSignal): Promise<ProbeResult> {
    const link: DeviceLink = this.#watchPorts.openLan(connection);
    try {
      return await probeLink(link, connection, signal);
    } finally {
      await link.close();
    }
  }

  /** Pins a host key that the person accepted, and tries the device again. */
  trustHostKey(id: DeviceId, accepted: { fingerprint: string; replaces?: string | undefined }): void {
    const watch = this.device(id);
    const way = watch.ways.ssh;
    const asked = [way.kind === 'blocked' ? way.problem.hostKey : undefined, this.keysMet.get(watch)];
    const question = asked.find((one) => one?.fingerprint === accepted.fingerprint && one.pinned === accepted.replaces);
    if (!question) throw otherKeyNow();
    this.keysMet.delete(watch);
    this.#ports.profile.hostKeys.pin({ ...question, acceptedAt: this.#ports.now() });
    this.#ports.profile.activity.record({
      what: `${accepted.replaces ? 'replaced' : 'accepted'} the host key ${question.fingerprint}`,
      result: 'ok',
      device: watch.record,
    });
    watch.poke();
  }

  async close(): Promise<void> {
    this.#news.close();
    await Promise.all([...this.#feeds.values()].map((feed) => feed.close()));
    await Promise.all(this.all().map((watch) => watch.close()));
  }

  #seatOf(record: DeviceRecord): AccountSeat | undefined {
    return record.hub && this.#feeds.get(record.hub.accountId)?.roster.seat;
  }

  #watch(record: DeviceRecord, facts: DeviceFacts | (() => DeviceFacts), seat: AccountSeat | undefined): DeviceWatch {
    const watch = new DeviceWatch(record, facts, seat, this.#watchPorts);
    this.#inventory.put(watch);
    this.#news.changed(watch);
    return watch;
  }

  /** Another way to the same device. Undefined where another window edited or removed it meanwhile: the last word holds. */
  async #replace(old: DeviceWatch, record: DeviceRecord, facts = old.facts): Promise<DeviceWatch | undefined> {
    await old.close();
    if (!this.has(old)) return undefined;
    this.#inventory.drop(old);
    const watch = this.#watch(record, facts, this.#seatOf(record));
    if (record.connection !== null) watch.poke();
    this.#successors.tell({ id: record.id, watch });
    return watch;
  }

  /** Their account does not know these any more. Those on the local network stay. */
  #dismiss(watches: readonly DeviceWatch[]): void {
    const { profile, report } = this.#ports;
    const gone = watches.filter(({ record }) => record.connection === null);
    for (const watch of watches) {
      this.#inventory.drop(watch);
      if (watch.record.connection === null) continue;
      const { record, facts } = withoutHub(watch.record, watch.facts);
      profile.devices.saveAll([{ id: record.id, record, facts }]);
      this.#become(watch, record, facts);
    }
    for (const watch of gone) watch.close().catch(report);
    const ids = gone.map(({ record }) => record.id);
    profile.devices.removeAll(ids);
    this.#news.removed(gone, ids);
    for (const watch of gone) watch.changes.tell();
  }

  /** The same watch under another record; it is out of the inventory before. */
  #become(watch: DeviceWatch, record: DeviceRecord, facts: DeviceFacts): void {
    watch.takeFacts(facts);
    watch.record = record;
    this.#inventory.put(watch);
    watch.place(record, this.#seatOf(record));
  }

  /** The device said over the local network who it is on its hub. */
  #identified(watch: DeviceWatch, hubDevice: string): void {
    if (!this.has(watch)) return;
    if (watch.record.hub && watch.record.hub.deviceId !== hubDevice) {
      if (watch.isBusy) return;
      this.#part(watch);
    }
    if (watch.facts.hubDeviceId !== hubDevice) {
      this.#inventory.drop(watch);
      watch.takeFacts({ ...watch.facts, hubDeviceId: hubDevice });
      this.#inventory.put(watch);
      this.#ports.profile.devices.saveFacts(watch.record.id, watch.facts);
    }
    this.#joinKnown();
  }

  /** What answers at the address is another device on the hub now (it was installed anew): the old one there gets a row of its own. */
  #part(watch: DeviceWatch): void {
    const { record, facts } = watch;
    if (!record.hub) return;
    const id = DeviceId.parse(randomUUID());
    const own = withoutLan({ ...record, id, addedAt: this.#ports.now() }, facts);
    this.#dismiss([watch]);
    this.#ports.profile.devices.saveAll([{ id, ...own }]);
    this.#watch(own.record, own.facts, this.#seatOf(own.record));
  }

  /** Rows that are one device become one, as soon as no update moves either of them. */
  #joinKnown(): void {
    for (const near of [...this.#inventory.near]) {
      const identity = near.facts.hubDeviceId;
      if (near.record.hub || identity === undefined || near.isBusy) continue;
      const far = [...this.#feeds.keys()]
        .map((account) => this.#inventory.at(account, identity))
        .find((one) => one !== undefined);
      if (far && far.record.connection === null && !far.isBusy) this.#join(near, far);
    }
  }

  #join(near: DeviceWatch, far: DeviceWatch): void {
    const { profile, report } = this.#ports;
    const { survivor, gone, facts } = joined(near, far, (id) => profile.devices.hasWork(id));
    profile.devices.merge(gone, survivor, facts);
    profile.activity.record({
      what: `found on the local network and on ${survivor.hub?.account}: one device`,
      result: 'ok',
      device: survivor,
    });
    this.#inventory.drop(near);
    this.#inventory.drop(far);
    this.#inventory.alias(gone, survivor.id);
    this.#become(near, survivor, facts);
    far.close().catch(report);
    this.#news.removed([far], [gone]);
    this.#news.changed(near);
    this.#successors.tell({ id: survivor.id, watch: near });
  }
}

/** Behind one address there may be several devices (forwarded ports), so the ports count. */
function sameWays(a: LanConnection, b: LanConnection): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.http?.port === b.http?.port && a.ssh?.port === b.ssh?.port;
}
