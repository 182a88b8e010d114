import { randomUUID } from 'node:crypto';
import type { HubPlace } from '../../shared/contract/fleet.ts';
import { DeviceId } from '../../shared/contract/ids.ts';
import { hubNumber } from '../../shared/state/ids.ts';
import type { HubDevice, HubStep, HubSummary } from '../sources/hub/hub.ts';
import type { StepReport } from '../sources/source.ts';
import type { DeviceChange, DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import type { Profile } from '../storage/profile.ts';
import type { AccountSeat } from './account-seat.ts';
import type { DeviceWatch } from './device-watch.ts';
import {
  hasOpenSteps,
  isDoubtful,
  isNews,
  isOnItsWay,
  seeDevice,
  seeStep,
  seeSummary,
  seeTrail,
  stepReport,
  stepReports,
} from './hub-sight.ts';
import { inSlices } from './in-slices.ts';
import type { Inventory } from './inventory.ts';
import { hubSilenceAfter } from './summary.ts';

export interface RosterPorts {
  readonly inventory: Inventory;
  readonly profile: Profile;
  readonly now: () => number;
  /** A record that is new in the fleet; it is stored by who calls. */
  readonly admit: (record: DeviceRecord, facts: DeviceFacts, seat: AccountSeat) => DeviceWatch;
  /** Its account does not know the device any more. */
  readonly dismiss: (watches: readonly DeviceWatch[]) => void;
}

/** Milliseconds by which what is stored of when a device was heard may lag behind. */
const heardMayLag = 300_000;

/** The devices of one account in the fleet: takes in what the hub tells of them. */
export class HubRoster {
  readonly seat: AccountSeat;
  readonly #ports: RosterPorts;
  /** When each device was stored last, as it was heard. */
  readonly #storedHeardAt = new Map<DeviceId, number>();
  /** Deleted ones and when, by the hub's clock: an older row that comes late brings none back. */
  readonly #deleted = new Map<string, number>();
  #sweptAsOf: number | undefined;

  constructor(seat: AccountSeat, ports: RosterPorts) {
    this.seat = seat;
    this.#ports = ports;
  }

  get watches(): readonly DeviceWatch[] {
    return this.#ports.inventory.ofAccount(this.seat.account.id);
  }

  /** Reads what is stored of its devices, as far as nobody did, without holding anything up. */
  async recall(signal: AbortSignal): Promise<void> {
    const read = ({ facts }: DeviceWatch) => (facts.hub ? undefined : false);
    await inSlices(this.watches, read, () => undefined, signal);
  }

  /** Takes over a whole listing. Answers with the devices that are not in it: they are to be asked for by themselves. */
  async takeListing(
    devices: readonly HubDevice[],
    summaries: readonly HubSummary[],
    signal: AbortSignal,
  ): Promise<readonly DeviceWatch[]> {
    const overview = new Map(summaries.map((row) => [row.deviceId, row]));
    await this.takeDevices(devices, signal, overview);
    const listed = new Set<string>(devices.filter((row) => !row.garbage).map((row) => row.id));
    return this.watches.filter(({ record }) => record.hub !== undefined && !listed.has(record.hub.deviceId));
  }

  async takeDevices(rows: readonly HubDevice[], signal: AbortSignal, overview?: ReadonlyMap<string, HubSummary>): Promise<void> {
    const see = (row: HubDevice) => this.#see(row, overview?.get(row.id));
    await inSlices(rows, see, (changes) => this.#store(changes), signal);
  }

  /** One device, at once: what the hub just answered of it. */
  takeDevice(row: HubDevice): DeviceWatch | undefined {
    const change = this.#see(row, undefined);
    if (change) this.#store([change]);
    return this.#at(row.id);
  }

  async takeSteps(rows: readonly HubStep[], signal: AbortSignal): Promise<void> {
    const byDevice = Map.groupBy(rows, (row) => row.deviceId);
    await inSlices(
      [...byDevice],
      ([id, steps]) => {
        const watch = this.#at(id);
        if (!watch) return undefined;
        const facts = steps.reduce(seeStep, watch.facts);
        return facts === watch.facts ? undefined : this.#hear(watch, facts, { steps: reportsOf(steps) });
      },
      (changes) => this.#store(changes),
      signal,
    );
  }

  /** The newest revisions of one device, as its trail was asked for. */
  takeTrail(watch: DeviceWatch, rows: readonly HubStep[]): void {
    if (rows.length > 0) this.#store([this.#hear(watch, seeTrail(watch.facts, rows), { steps: reportsOf(rows) })]);
  }

  /** Devices of which something may have been missed, the one that was there last first. `afterGap`: the changes did not tell all. */
  doubtful(afterGap: boolean): readonly DeviceWatch[] {
    return this.watches
      .filter(({ facts }) => isDoubtful(facts) || (afterGap && hasOpenSteps(facts)))
      .toSorted((a, b) => (b.facts.hub?.modifiedAt ?? 0) - (a.facts.hub?.modifiedAt ?? 0));
  }

  /** Revisions are on their way to devices that are there, from here or from elsewhere. */
  get isMoving(): boolean {
    const now = this.#ports.now();
    const ahead = this.seat.account.client.clockAhead ?? 0;
    return this.watches.some(
      ({ isBusy, facts }) =>
        isBusy || (now - (facts.heardAt ?? 0) < hubSilenceAfter && followsHub(facts) && isOnItsWay(facts, now + ahead)),
    );
  }

  /** Shows those anew that fell silent since this was called last: no row comes of that. */
  sweep(): void {
    const { asOf } = this.seat;
    const before = this.#sweptAsOf;
    if (asOf === undefined) return;
    this.#sweptAsOf = asOf;
    for (const watch of this.watches) {
      const silentAt = (watch.facts.heardAt ?? asOf) + hubSilenceAfter;
      if (before !== undefined && silentAt >= before && silentAt < asOf) watch.accountChanged();
    }
  }

  /** A newest step's instant by the hub's clock: changes from there on were not heard yet. */
  get lastStepAt(): number | undefined {
    const instants = this.watches.flatMap(({ facts }) => facts.hub?.steps.map((step) => step.changedAt ?? 0) ?? []);
    const newest = instants.reduce((latest, at) => Math.max(latest, at), 0);
    return newest === 0 ? undefined : newest;
  }

  #at(id: string): DeviceWatch | undefined {
    return this.#ports.inventory.at(this.seat.account.id, id);
  }

  #see(row: HubDevice, summary: HubSummary | undefined): DeviceChange | undefined {
    const watch = this.#at(row.id);
    if (row.garbage) {
      if (watch && !isNews(watch.facts, row)) return undefined;
      this.#deleted.set(row.id, row.modifiedAt ?? 0);
      if (watch) this.#ports.dismiss([watch]);
      return undefined;
    }
    const deletedAt = this.#deleted.get(row.id);
    if (deletedAt !== undefined && (row.modifiedAt ?? 0) <= deletedAt) return undefined;
    this.#deleted.delete(row.id);
    const found = watch ?? this.#ports.inventory.identified(row.id);
    const known = found?.facts ?? {};
    const seen = seeDevice(known, row);
    const facts = summary ? seeSummary(seen, summary) : seen;
    if (!found) return this.#admit(row, facts);
    const record = this.#recordOf(found, row);
    if (record) this.#replace(found, record);
    const change = facts === known ? undefined : this.#hear(found, facts, { device: row, steps: [], summary: seen !== facts });
    return record ? { ...change, id: record.id, record } : change;
  }

  #replace(watch: DeviceWatch, record: DeviceRecord): void {
    this.#ports.inventory.drop(watch);
    watch.record = record;
    this.#ports.inventory.put(watch);
    watch.place(record, this.seat);
  }

  #admit(row: HubDevice, facts: DeviceFacts): DeviceChange {
    const place = this.#placeOf(row);
    const record: DeviceRecord = {
      id: DeviceId.parse(randomUUID()),
      name: row.nick,
      connection: null,
      hub: place,
      demo: this.seat.account.demo ? row.nick : undefined,
      addedAt: this.#ports.now(),
    };
    const watch = this.#ports.admit(record, facts, this.seat);
    return { ...this.#hear(watch, facts, { device: row, steps: [] }), record };
  }

  /** The record as it is now; undefined where nothing in it changed. */
  #recordOf({ record, facts }: DeviceWatch, row: HubDevice): DeviceRecord | undefined {
    const isOld = record.hub !== undefined && facts.hub !== undefined && !isNews(facts, row);
    const hub = isOld && record.hub ? { ...record.hub, account: this.seat.account.label } : this.#placeOf(row);
    if (JSON.stringify(hub) === JSON.stringify(record.hub)) return undefined;
    return { ...record, hub, name: nameOf(record, hub) };
  }

  #placeOf(row: HubDevice): HubPlace {
    const { id, label } = this.seat.account;
    return { accountId: id, account: label, deviceId: row.id, nick: row.nick, public: row.public };
  }

  #hear(
    watch: DeviceWatch,
    facts: DeviceFacts,
    news: { readonly device?: HubDevice; readonly steps: readonly StepReport[]; readonly summary?: boolean },
  ): DeviceChange {
    const clockAhead = this.seat.account.client.clockAhead ?? 0;
    const before = watch.facts;
    const steps = news.summary && facts.hub ? stepReports(facts.hub) : news.steps;
    watch.hear(facts, { device: news.device, steps, clockAhead });
    const { id } = watch.record;
    const heardAt = watch.facts.heardAt ?? 0;
    const isSoon = heardAt - (this.#storedHeardAt.get(id) ?? before.heardAt ?? 0) < heardMayLag;
    if (isSoon && sameButTimes(before, watch.facts)) return { id };
    this.#storedHeardAt.set(id, heardAt);
    return { id, facts: watch.facts };
  }

  #store(changes: readonly DeviceChange[]): void {
    const worth = changes.filter((change) => change.record ?? change.facts);
    if (worth.length > 0) this.#ports.profile.devices.saveAll(worth);
  }
}

/** A device that is known from a hub alone is called what it is called there; one that a person added keeps the name that it was given. */
export function nameOf(record: DeviceRecord, hub: HubPlace): string {
  const unnamed = record.connection === null || record.name === record.connection.host;
  return unnamed ? hub.nick : record.name;
}

/** A device that runs a local revision takes nothing from its hub. */
function followsHub({ running }: DeviceFacts): boolean {
  return running === undefined || hubNumber(running) !== undefined;
}

function sameButTimes(a: DeviceFacts, b: DeviceFacts): boolean {
  return timeless(a) === timeless(b);
}

function timeless({ heardAt: _heardAt, hub, ...facts }: DeviceFacts): string {
  if (!hub) return JSON.stringify(facts);
  const { modifiedAt: _modifiedAt, spokeAt: _spokeAt, metaMark: _metaMark, ...rest } = hub;
  return JSON.stringify([facts, rest]);
}

function reportsOf(rows: readonly HubStep[]): readonly StepReport[] {
  return rows.flatMap((row) => (row.garbage ? [] : (stepReport(row) ?? [])));
}
