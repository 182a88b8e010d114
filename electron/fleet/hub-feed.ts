import { TrailbossError } from '../../shared/contract/errors.ts';
import type { AccountId } from '../../shared/contract/hub.ts';
import type { HubChanges, HubSummary } from '../sources/hub/hub.ts';
import { feedInterval } from './cadence.ts';
import type { DeviceWatch } from './device-watch.ts';
import type { HubRoster } from './hub-roster.ts';
import { lacksMessage } from './hub-sight.ts';
import { Pause } from './pause.ts';
import { TrailReader } from './trail-reader.ts';

export type { OpenAccount } from './account-seat.ts';

export interface FeedPorts {
  readonly now: () => number;
  /** Somebody can see the program, and the fleet in it. */
  readonly looking: () => boolean;
  readonly fleetOpen: () => boolean;
  readonly report: (error: unknown) => void;
  /** The hub is asked something. */
  readonly onCall: () => void;
  /** The account's devices were taken in: some may turn out to be known in another way too. */
  readonly onTaken: () => void;
  /** Its account does not know these any more. */
  readonly dismiss: (watches: readonly DeviceWatch[]) => void;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Milliseconds after which everything is listed anew though nothing speaks against what is known. */
const listAnewAfter = 3_600_000;
/** Without a look at the changes for so long, what was deleted meanwhile may be gone without a trace. Milliseconds. */
const gapAfter = 600_000;
/** So many pages in one look; who has more to tell is listed anew. */
const pagesAtMost = 60;
/** Milliseconds between two looks at whether it is time to ask: it is sooner as soon as something moves. */
const ticks = { looking: 500, nobody: 10_000 } as const;
/** Failures in a row, with the hub answering, after which the changes are not trusted to go on. */
const distrustAfter = 3;

/** So many that a listing left out are asked for by themselves, once some of them turn out to be there. */
const askedForOnce = 50;

type Cursors = { readonly devices: string; readonly steps: string };

/**
 * What one account tells of its devices: everything once, and from then on only what changed, one look per interval for all of them.
 * In doubt (a gap, an answer that can't be understood, a clock that jumped) everything is listed anew.
 */
export class HubFeed {
  readonly roster: HubRoster;
  readonly #ports: FeedPorts;
  readonly #pause = new Pause();
  readonly #stop = new AbortController();
  readonly #trails: TrailReader;
  readonly #stopListening: () => void;
  readonly #loop: Promise<void>;
  #cursors: Cursors | undefined;
  #listedAt = Number.NEGATIVE_INFINITY;
  /** The newest row of the last listing, by the hub's clock. */
  #listedUpTo = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #heardAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #took = 0;
  #listing = false;
  #statusKind = '';

  constructor(roster: HubRoster, ports: FeedPorts) {
    this.roster = roster;
    this.#ports = ports;
    this.#trails = new TrailReader(roster, ports);
    this.#stopListening = roster.seat.account.client.onStatus(() => this.#statusChanged());
    this.#loop = this.#run();
  }

  /** Everything is being listed right now. */
  get isListing(): boolean {
    return this.#listing;
  }

  get accountId(): AccountId {
    return this.roster.seat.account.id;
  }

  /** Lists everything anew, now. */
  listAgain(): void {
    this.#listedAt = Number.NEGATIVE_INFINITY;
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.#failures = 0;
    this.#pause.wake();
  }

  /** Of its devices these are on the screen now: it is asked of those whose running revision has no message yet. */
  show(watches: readonly DeviceWatch[]): void {
    this.#trails.show(watches.filter(({ facts }) => lacksMessage(facts)));
  }

  /** Somebody came: it may be time to ask already. */
  reconsider(): void {
    this.#pause.wake();
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#stop.abort();
    await Promise.all([this.#loop, this.#trails.close()]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    let jitter = 1;
    while (!signal.aborted) {
      const { restUntil } = this.roster.seat.account.client;
      const isFirst = this.#lookedAt === Number.NEGATIVE_INFINITY;
      const due = Math.max(isFirst ? 0 : this.#lookedAt + this.#interval() * jitter, restUntil ?? 0);
      const wait = due - this.#ports.now();
      const tick = this.#ports.looking() ? ticks.looking : ticks.nobody;
      // A clock that was set back must not keep it waiting.
      if (!this.roster.seat.isUsable) await this.#pause.wait(tick, signal);
      else if (wait > 0 && wait <= gapAfter) await this.#pause.wait(Math.min(wait, tick), signal);
      else {
        await this.#look(signal);
        jitter = 0.9 + this.#ports.random() / 5;
      }
    }
  }

  #interval(): number {
    const { demo } = this.roster.seat.account;
    return feedInterval({
      updating: this.roster.isMoving,
      looking: this.#ports.looking(),
      fleetOpen: this.#ports.fleetOpen(),
      demo,
      failures: this.#failures,
      took: this.#took,
    });
  }

  async #look(signal: AbortSignal): Promise<void> {
    const began = this.#ports.now();
    try {
      if (this.#isInDoubt(began)) await this.#list(signal);
      else if (!(await this.#readChanges(signal))) await this.#list(signal);
      this.#failures = 0;
      this.#heardAt = began;
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    } finally {
      this.#listing = false;
      this.#lookedAt = this.#ports.now();
      this.#took = Math.max(this.#lookedAt - began, 0);
      this.roster.sweep();
    }
    if (!signal.aborted) this.#ports.onTaken();
  }

  #isInDoubt(now: number): boolean {
    const sinceHeard = now - this.#heardAt;
    const sinceList = now - this.#listedAt;
    return this.#cursors === undefined || sinceHeard < 0 || sinceHeard > gapAfter || sinceList < 0 || sinceList > listAnewAfter;
  }

  /** A hub that is silent is asked again later; what it can't be understood in is asked for in another way. */
  #failed(error: unknown): void {
    this.#failures += 1;
    if (!(error instanceof TrailbossError)) this.#ports.report(error);
    if (this.roster.seat.account.client.status.kind === 'open' && this.#failures >= distrustAfter) this.#cursors = undefined;
  }

  async #list(signal: AbortSignal): Promise<void> {
    this.#listing = true;
    const { client } = this.roster.seat.account;
    await this.roster.recall(signal);
    const lastStepAt = this.roster.lastStepAt;
    this.#ports.onCall();
    const began = this.#ports.now();
    const devices = await client.devices(signal);
    // A row may have changed after it was read and before the newest one was: the changes are taken up from where reading began.
    const reading = Math.max(this.#ports.now() - began, 0);
    const overview = await this.#overview(signal);
    const missing = await this.roster.takeListing(devices, overview, signal);
    signal.throwIfAborted();
    const newest = devices.reduce((latest, row) => Math.max(latest, row.modifiedAt ?? 0), 0);
    const listed = newest === 0 ? this.#ports.now() + (client.clockAhead ?? 0) : newest;
    // Revisions have no list of their own: their changes go on from the last one that was heard, if that is not too long ago.
    const heard = lastStepAt !== undefined && listed - lastStepAt < listAnewAfter * 24 ? lastStepAt : listed;
    const from = listed - reading;
    this.#listedUpTo = listed;
    this.#cursors = { devices: instant(from), steps: instant(Math.min(heard, from)) };
    await this.#confirmGone(missing, signal);
    const complete = await this.#readChanges(signal);
    if (!complete) this.#cursors = { devices: instant(from), steps: instant(from) };
    this.#listedAt = this.#ports.now();
    this.#trails.askAgain(this.roster.doubtful(true));
  }

  /** A hub of one's own may have no overview, or none that can be read. */
  async #overview(signal: AbortSignal): Promise<readonly HubSummary[]> {
    try {
      this.#ports.onCall();
      return await this.roster.seat.account.client.summaries(signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof TrailbossError) || error.code === 'SESSION_ENDED') throw error;
      return [];
    }
  }

  /**
   * A device leaves the fleet with what hangs on it, so one short list is no proof: each that is missing is asked for. A hub that runs
   * out of time lists what it has by then (hub: devices/get-devices.go): the first that are still there tell that it did.
   */
  async #confirmGone(missing: readonly DeviceWatch[], signal: AbortSignal): Promise<void> {
    let isShort = false;
    for (const [at, watch] of missing.entries()) {
      if (isShort && at >= askedForOnce) return;
      const device = watch.hub?.deviceId;
      if (device === undefined) continue;
      try {
        this.#ports.onCall();
        this.roster.takeDevice(await this.roster.seat.account.client.device(device, signal));
        isShort = true;
      } catch (error) {
        if (!(error instanceof TrailbossError) || error.code !== 'NOT_FOUND') throw error;
        this.#ports.dismiss([watch]);
      }
    }
  }

  /** Whether that was all: where there is no end of it, everything is better listed anew. */
  async #readChanges(signal: AbortSignal): Promise<boolean> {
    const { client } = this.roster.seat.account;
    if (!this.#cursors) return true;
    const devices = await this.#pages(
      this.#cursors.devices,
      (after) => client.changedDevices(after, signal),
      (rows) => this.roster.takeDevices(rows, signal),
      (row) => row.modifiedAt,
    );
    this.#cursors = { ...this.#cursors, devices: devices.next };
    const steps = await this.#pages(
      this.#cursors.steps,
      (after) => client.changedSteps(after, signal),
      (rows) => this.roster.takeSteps(rows, signal),
      (row) => row.changedAt,
    );
    this.#cursors = { ...this.#cursors, steps: steps.next };
    this.#trails.ask(this.roster.doubtful(false));
    return devices.complete && steps.complete;
  }

  async #pages<Row>(
    from: string,
    read: (after: string) => Promise<HubChanges<Row>>,
    take: (rows: readonly Row[]) => Promise<void>,
    timeOf: (row: Row) => number | undefined,
  ): Promise<{ readonly next: string; readonly complete: boolean }> {
    let after = from;
    let complete = true;
    for (let page = 0; page < pagesAtMost; page += 1) {
      this.#ports.onCall();
      const { rows, next, more } = await read(after);
      await take(rows);
      this.#stop.signal.throwIfAborted();
      if (!more) return { next, complete };
      if (next === after) break;
      const [first, last] = [rows.at(0), rows.at(-1)].map((row) => (row === undefined ? 0 : (timeOf(row) ?? 0)));
      // A page of one millisecond: what else is of that millisecond is not on the next page (hub: changes/service.go asks for later ones).
      if (first === last && last !== undefined && last > this.#listedUpTo) complete = false;
      after = next;
    }
    return { next: after, complete: false };
  }

  #statusChanged(): void {
    const { kind } = this.roster.seat.account.client.status;
    const before = this.#statusKind;
    if (kind === before) return;
    this.#statusKind = kind;
    for (const watch of this.roster.watches) watch.accountChanged();
    if (before !== 'signed-out' && before !== 'locked') return;
    this.#failures = 0;
    this.#lookedAt = Math.min(this.#lookedAt, this.#ports.now() - gapAfter);
    this.#pause.wake();
  }
}

function instant(milliseconds: number): string {
  return new Date(Math.max(milliseconds, 0)).toISOString();
}
