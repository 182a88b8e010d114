import type { LanConnection, Ways } from '../../shared/contract/connection.ts';
import type { DeviceDetail } from '../../shared/contract/device.ts';
import type { DeviceSummary } from '../../shared/contract/fleet.ts';
import { type AccountId, HubDeviceId } from '../../shared/contract/hub.ts';
import { parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import type { HubClient, HubDevice } from '../sources/hub/hub.ts';
import type { DeviceLink, JoinedLink, StepReport } from '../sources/source.ts';
import type { DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import type { Profile } from '../storage/profile.ts';
import type { AccountSeat } from './account-seat.ts';
import type { Attention } from './cadence.ts';
import { labelsOf, runningBy } from './hub-sight.ts';
import { keepPoll } from './kept-poll.ts';
import { Listeners } from './listeners.ts';
import { answered, type Observed, observe, type Poll } from './observed.ts';
import { pollDevice } from './poll.ts';
import { PollRest } from './poll-rest.ts';
import { detail, hubSilenceAfter, summarize } from './summary.ts';
import { WatchWays } from './watch-ways.ts';

export interface WatchPorts {
  readonly profile: Profile;
  readonly now: () => number;
  /** Somebody can see the program, and the fleet in it. */
  readonly looking: () => boolean;
  readonly fleetOpen: () => boolean;
  /** How many devices are asked on the local network. */
  readonly neighbours: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Something that must never happen did; the watch goes on. */
  readonly report: (error: unknown) => void;
  readonly openLan: (connection: LanConnection) => DeviceLink;
  /** What its row shows may be different now. */
  readonly onChange: (watch: DeviceWatch) => void;
  readonly onPoll: (poll: Poll) => void;
  /** The device said over the local network who it is on its hub. */
  readonly onIdentity: (watch: DeviceWatch, hubDeviceId: string) => void;
}

/** Where the device is on a hub, and the account that leads there. */
export interface DeviceHub {
  readonly client: HubClient;
  readonly deviceId: HubDeviceId;
  readonly accountId: AccountId;
}

/** What an account's list or its changes told of one device. */
export interface HubNews {
  readonly device?: HubDevice | undefined;
  readonly steps: readonly StepReport[];
  /** Milliseconds that the hub's clock is ahead of this computer's. */
  readonly clockAhead: number;
}

/** So many polls later a device that did not say who it is on a hub is asked again: it may have been claimed. */
const askIdentityEvery = 20;

/**
 * One device. On the local network it is asked again and again for as long as Trailboss runs, as often as somebody cares; a device that
 * is known from a hub alone is heard of from its account, and asked by itself only while somebody looks or an update is on its way.
 */
export class DeviceWatch {
  record: DeviceRecord;
  /** Every poll, also one that failed. */
  readonly polls = new Listeners<Poll>();
  /** Something on the screen about it may be different now. */
  readonly changes = new Listeners<void>();
  readonly #ports: WatchPorts;
  readonly #ways: WatchWays;
  /** Made with the first poll: of ten thousand devices on a hub few are ever asked by themselves. */
  #rest: PollRest | undefined;
  #observed: Observed = {};
  #known: DeviceFacts | (() => DeviceFacts);
  #update: DeviceSummary['update'];
  #focus: RevisionName | undefined;
  #failures = 0;
  #pollCount = 0;
  #viewers = 0;
  #poked = false;
  #openWays = 0;
  #identityIn = 0;
  #kept = true;
  /** The hub's part of the timeline was read through the place that it has now. */
  #trailRead = false;
  #isAsked = false;
  #doneAt: ReadonlyMap<string, number> | undefined;
  #first: { readonly asked: Promise<void>; readonly resolve: () => void } | undefined;
  #stop: AbortController | undefined;
  #closed = false;
  #loop: Promise<void> | undefined;

  constructor(record: DeviceRecord, facts: DeviceFacts | (() => DeviceFacts), seat: AccountSeat | undefined, ports: WatchPorts) {
    this.record = record;
    this.#ports = ports;
    this.#known = facts;
    const { now, openLan } = ports;
    this.#ways = new WatchWays(record.connection, { now, openLan, onWays: () => this.#waysChanged() });
    this.#ways.place(record.hub, seat);
    this.#goOn();
  }

  get link(): JoinedLink {
    return this.#ways.joined;
  }

  /** As `link.ways`, without making a link that nobody needs. */
  get ways(): Ways {
    return this.#ways.ways;
  }

  /** Absent where the device is known from the local network only, or its account is not open. */
  get hub(): DeviceHub | undefined {
    const { seat } = this.#ways;
    const place = this.record.hub;
    const device = HubDeviceId.safeParse(place?.deviceId);
    return seat && place && device.success
      ? { client: seat.account.client, deviceId: device.data, accountId: place.accountId }
      : undefined;
  }

  get observed(): Observed {
    return this.#observed;
  }

  /** What was known of it before Trailboss was started, and what a hub told since. */
  get facts(): DeviceFacts {
    if (typeof this.#known === 'function') this.#known = this.#known();
    return this.#known;
  }

  get summary(): DeviceSummary {
    return summarize(this.#input());
  }

  get detail(): DeviceDetail {
    const globalMeta = this.#ways.seat?.globalMeta;
    return detail({ ...this.#input(), capabilities: this.link.capabilities, globalMeta });
  }

  /** An update from here moves it. */
  get isBusy(): boolean {
    return this.#update !== undefined;
  }

  get stopped(): AbortSignal {
    this.#stop ??= new AbortController();
    if (this.#closed) this.#stop.abort();
    return this.#stop.signal;
  }

  /** The device was asked once, whatever came of it. */
  get firstPoll(): Promise<void> {
    if (this.#isAsked || this.#closed) return Promise.resolve();
    if (!this.#first) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#first = { asked: promise, resolve };
      this.poke();
    }
    return this.#first.asked;
  }

  /** Somebody looks at this device's own screen, until the returned function is called. */
  view(): () => void {
    this.#viewers += 1;
    this.poke();
    return () => {
      this.#viewers -= 1;
    };
  }

  /** Watches one revision closely while an update moves the device to it; undefined ends that. */
  follow(focus: RevisionName | undefined, update: DeviceSummary['update']): void {
    const sooner = focus !== undefined && focus !== this.#focus;
    this.#focus = focus;
    this.#update = update;
    this.#changed();
    if (sooner) this.poke();
  }

  /** Polls now instead of when it is due. */
  poke(): void {
    this.#poked = true;
    this.#rest?.wake();
    this.#goOn();
  }

  /** Somebody came: it may be due sooner. */
  reconsider(): void {
    this.#rest?.reconsider();
  }

  /** Its place on a hub, and the account that leads there while it is open. */
  place(record: DeviceRecord, seat: AccountSeat | undefined): void {
    this.record = record;
    if (this.#ways.place(record.hub, seat)) this.#trailRead = false;
    this.#changed();
    if (this.#isAttended()) this.poke();
  }

  /** Whether its account can be asked is another now. */
  accountChanged(): void {
    this.#changed();
  }

  /** What was known of it elsewhere counts here from now on; tells nobody yet. */
  takeFacts(facts: DeviceFacts): void {
    this.#known = facts;
  }

  /** What its user-meta is after it was changed from here. */
  takeUserMeta(userMeta: Readonly<Record<string, unknown>>): void {
    this.#known = { ...this.facts, labels: labelsOf(userMeta) };
    if (this.#isOfUse()) this.#observed = { ...this.#observed, userMeta };
    this.#ports.profile.devices.saveFacts(this.record.id, this.facts);
    this.#changed();
  }

  /** Whether it is there now, as far as anybody can tell without asking. */
  get isThere(): boolean {
    return this.#ways.isNear || (this.#ways.isHeard && this.#ports.now() - (this.facts.heardAt ?? 0) <= hubSilenceAfter);
  }

  /** Takes in what its account heard: `facts` are the known ones with the news folded in (hub-sight.ts). */
  hear(facts: DeviceFacts, news: HubNews): void {
    const { hub } = facts;
    const now = this.#ports.now();
    const isNear = this.ways.ssh.kind === 'open';
    const spokeAt = hub?.spokeAt === undefined ? undefined : Math.min(hub.spokeAt - news.clockAhead, now);
    const told = isNear || !hub ? undefined : parseRevisionName(runningBy(hub) ?? '');
    const steps = isNear ? this.#untoldByDevice(news.steps) : news.steps;
    const inFocus = steps.find((step) => step.name === this.#focus)?.progress;
    const { device } = news;
    const poll: Poll = {
      at: now,
      hub: { spokeAt },
      ...(told !== undefined && { running: told }),
      ...(steps.length > 0 && { changedSteps: steps }),
      ...(inFocus && this.#focus !== undefined && { focus: { revision: this.#focus, progress: inFocus } }),
      ...(device && !isNear && this.#isOfUse() && { deviceMeta: device.deviceMeta }),
      ...(device && this.#isOfUse() && { userMeta: device.userMeta }),
    };
    const heardAt = spokeAt === undefined ? facts.heardAt : Math.max(spokeAt, facts.heardAt ?? 0);
    this.#known = {
      ...facts,
      ...(told !== undefined && { running: told }),
      ...(heardAt !== undefined && { heardAt }),
    };
    this.#observed = observe(this.#observed, poll);
    this.polls.tell(poll);
    this.#changed();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stop?.abort();
    this.#first?.resolve();
    this.#rest?.wake();
    await this.#loop;
    await this.#ways.close();
  }

  #changed(): void {
    this.changes.tell();
    this.#ports.onChange(this);
  }

  /** A way that opens by itself between two polls: what the device tells over it need not wait until the next is due. */
  #waysChanged(): void {
    const { http, ssh } = this.ways;
    const before = this.#openWays;
    this.#openWays = [http, ssh].filter((way) => way.kind === 'open').length;
    if (this.#openWays > before) {
      this.#identityIn = 0;
      this.#rest?.wake();
    }
    this.#changed();
  }

  #input() {
    const { record, ways } = this;
    const asOf = this.#ways.seat?.asOf;
    return { record, ways, observed: this.#observed, facts: this.facts, update: this.#update, doneAt: this.#doneAt, asOf };
  }

  #isAttended(): boolean {
    return this.#viewers > 0 || this.#focus !== undefined;
  }

  /** Whether what is not in its row is kept in memory: somebody looks, or looked before. */
  #isOfUse(): boolean {
    return this.#isAttended() || this.#observed.deviceMeta !== undefined;
  }

  /** What a device near by tells of a revision itself is newer than what its hub was told. */
  #untoldByDevice(steps: readonly StepReport[]): readonly StepReport[] {
    const told = new Set(this.#observed.steps?.list.filter((step) => !step.hubOnly).map((step) => step.name));
    return steps.filter((step) => !told.has(step.name));
  }

  #isDue(): boolean {
    return !this.#closed && (this.#ways.lan !== undefined || this.#poked || this.#isAttended());
  }

  #goOn(): void {
    if (this.#loop || !this.#isDue()) return;
    this.#loop = this.#run().finally(() => {
      this.#loop = undefined;
      this.#goOn();
    });
  }

  async #run(): Promise<void> {
    const signal = this.stopped;
    // Who asked for it goes on first.
    await Promise.resolve();
    const rest = this.#restBetween();
    if (!this.#isAsked && !this.#poked) await rest.first(signal);
    while (this.#isDue()) {
      this.#poked = false;
      try {
        await this.#pollOnce(signal);
      } catch (error) {
        if (!this.#closed) this.#ports.report(error);
      }
      if (!this.#poked && this.#isDue()) await rest.next(signal);
    }
  }

  #restBetween(): PollRest {
    const { now, random } = this.#ports;
    const attention = () => this.#attention();
    this.#rest ??= new PollRest({ now, random, attention, isAttended: () => this.#isAttended() });
    return this.#rest;
  }

  async #pollOnce(signal: AbortSignal): Promise<void> {
    const timeline = this.#focus === undefined || this.#pollCount % 10 === 0;
    this.#pollCount += 1;
    const { lan, seat } = this.#ways;
    // Nobody looks: its account hears of it, and only the device itself is asked.
    const besideHub = lan !== undefined && this.record.hub !== undefined && !this.#isAttended() && this.#trailRead;
    const link = besideHub ? lan : this.link;
    const wish = { link, now: this.#ports.now, known: this.#observed, focus: this.#focus, timeline, besideHub };
    const poll = await pollDevice(wish, signal);
    if (this.#viewers > 0 && seat?.isUsable) await seat.refreshGlobalMeta(signal);
    this.#failures = answered(poll) ? 0 : this.#failures + 1;
    if (poll.steps && link === this.#ways.joined) this.#trailRead = true;
    this.#observed = observe(this.#observed, poll);
    this.#keepIfPossible(poll);
    this.#ports.onPoll(poll);
    this.#isAsked = true;
    this.#first?.resolve();
    this.polls.tell(poll);
    this.#changed();
    await this.#askIdentity(signal);
  }

  /** Over SSH a device tells who it is on its hub: a row of that hub may be the same device. */
  async #askIdentity(signal: AbortSignal): Promise<void> {
    const { lan } = this.#ways;
    if (lan?.ways.ssh.kind !== 'open' || this.#identityIn-- > 0) return;
    this.#identityIn = askIdentityEvery;
    const identity = await lan.readHubIdentity(signal).catch(() => undefined);
    if (!identity || signal.aborted) return;
    this.#identityIn = Number.POSITIVE_INFINITY;
    this.#ports.onIdentity(this, identity.deviceId);
  }

  /** What can't be stored (the disk is full) is shown all the same. Said once, until storing works again. */
  #keepIfPossible(poll: Poll): void {
    try {
      const { profile } = this.#ports;
      const { id } = this.record;
      if (poll.steps) this.#doneAt = profile.updates.doneAt(id);
      this.#known = keepPoll(profile, id, this.facts, poll, this.#observed.heardAt);
      this.#kept = true;
    } catch (error) {
      if (this.#kept) this.#ports.report(error);
      this.#kept = false;
    }
  }

  #attention(): Attention {
    const overHub = this.#ways.lan === undefined;
    const looking = this.#ports.looking();
    const deviceOpen = looking && this.#viewers > 0;
    return {
      // Who looks sees an update that pvr or a colleague posted as closely as one from here.
      updating: this.#focus !== undefined || (overHub && deviceOpen && this.summary.condition === 'updating'),
      looking,
      deviceOpen,
      fleetOpen: this.#ports.fleetOpen(),
      neighbours: this.#ports.neighbours(),
      demo: this.record.demo !== undefined,
      overHub,
      failures: this.#failures,
    };
  }
}
