import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceWatch } from './device-watch.ts';
import type { HubRoster } from './hub-roster.ts';
import { hasOpenSteps, rememberedSteps } from './hub-sight.ts';
import { Pause } from './pause.ts';

export interface TrailReaderPorts {
  readonly now: () => number;
  readonly onCall: () => void;
  readonly report: (error: unknown) => void;
}

/** Milliseconds between two devices, and after the hub did not answer. */
const gently = { demo: 20, usual: 200, silent: 15_000 } as const;

/**
 * Reads how the newest revisions of devices went, one device after the other, where neither the list nor the overview nor the changes
 * told: a hub of one's own keeps no overview.
 */
export class TrailReader {
  readonly #roster: HubRoster;
  readonly #ports: TrailReaderPorts;
  readonly #pause = new Pause();
  readonly #stop = new AbortController();
  /** With which revision running each was asked last: a device without a trail is not asked again and again. */
  readonly #asked = new Map<string, string | undefined>();
  #queue: readonly DeviceWatch[] = [];
  #shown: readonly DeviceWatch[] = [];
  #loop: Promise<void> | undefined;

  constructor(roster: HubRoster, ports: TrailReaderPorts) {
    this.#roster = roster;
    this.#ports = ports;
  }

  /** These are to be read, the first one first; takes the place of those that were to be read before. */
  ask(watches: readonly DeviceWatch[]): void {
    this.#queue = watches.filter((watch) => !this.#isAsked(watch));
    this.#goOn();
  }

  /** A person sees these and waits for them: they come before all others, in the place of those that were seen before. */
  show(watches: readonly DeviceWatch[]): void {
    this.#shown = watches.filter((watch) => !this.#isAsked(watch));
    this.#goOn();
  }

  #goOn(): void {
    if (this.#shown.length + this.#queue.length === 0 || this.#loop || this.#stop.signal.aborted) return;
    this.#loop = this.#run(this.#stop.signal)
      .catch(this.#ports.report)
      .finally(() => {
        this.#loop = undefined;
      });
  }

  #next(): DeviceWatch | undefined {
    const [shown, ...others] = this.#shown;
    if (shown) {
      this.#shown = others;
      return shown;
    }
    const [watch, ...rest] = this.#queue;
    this.#queue = rest;
    return watch;
  }

  /** Something may have been missed of these: they are read once more. */
  askAgain(watches: readonly DeviceWatch[]): void {
    for (const { record, facts } of watches) if (record.hub && hasOpenSteps(facts)) this.#asked.delete(record.hub.deviceId);
    this.ask(watches);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  #isAsked(watch: DeviceWatch): boolean {
    const { hub } = watch.record;
    return hub !== undefined && this.#asked.has(hub.deviceId) && this.#asked.get(hub.deviceId) === watch.facts.hub?.running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { demo, client } = this.#roster.seat.account;
    for (let watch = this.#next(); watch && !signal.aborted; watch = this.#next()) {
      if (this.#isAsked(watch)) continue;
      const answered = await this.#read(watch, signal);
      if (signal.aborted) return;
      const usual = answered ? (demo ? gently.demo : gently.usual) : gently.silent;
      await this.#pause.wait(Math.max(usual, (client.restUntil ?? 0) - this.#ports.now()), signal);
    }
  }

  async #read(watch: DeviceWatch, signal: AbortSignal): Promise<boolean> {
    const { hub } = watch;
    if (!hub) return true;
    try {
      this.#ports.onCall();
      const rows = await hub.client.steps(hub.deviceId, { count: rememberedSteps }, signal);
      this.#asked.set(hub.deviceId, watch.facts.hub?.running);
      if (watch.hub?.deviceId === hub.deviceId) this.#roster.takeTrail(watch, rows);
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      if (!(error instanceof TrailbossError)) throw error;
      const isSilent = hub.client.status.kind !== 'open';
      if (!isSilent) this.#asked.set(hub.deviceId, watch.facts.hub?.running);
      return !isSilent;
    }
  }
}
