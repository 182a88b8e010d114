import { setImmediate } from 'node:timers/promises';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import type { ContainerPolicy, StatesProgress } from '../../shared/contract/states.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { RevisionStore } from '../storage/revisions.ts';
import { readFacts, type StateFacts } from './fleet-states-facts.ts';
import { type Running, RunningLook } from './fleet-states-look.ts';

export interface ReadingPorts {
  readonly fleet: Fleet;
  readonly store: RevisionStore;
  readonly report: (error: unknown) => void;
}

/** So many hubs' answers are waited for at once. */
const askedAtOnce = 4;
/** Milliseconds of work before others get their turn. */
const sliceMs = 10;

interface Question {
  readonly watch: DeviceWatch;
  readonly read: (signal: AbortSignal) => Promise<Running | undefined>;
}

type Place = { readonly mark: string; readonly text: string | undefined };

/**
 * What every device runs, read while somebody watches and kept no longer. Of each distinct state one text is read at a time, and only
 * what follows from it is kept. A device is looked at again when what it runs, or whether it can be asked, is another than before.
 */
export class FleetReading {
  readonly changes = new Listeners<void>();
  readonly #ports: ReadingPorts;
  readonly #look: RunningLook;
  readonly #running = new Map<DeviceId, Running>();
  readonly #facts = new Map<string, StateFacts | undefined>();
  /** Where each device stood when it was looked at. */
  readonly #places = new Map<DeviceId, Place>();
  readonly #unreadable = new Set<DeviceId>();
  readonly #queue = new Set<DeviceId>();
  readonly #toAsk: Question[] = [];
  readonly #lists = new Map<string, readonly ContainerPolicy[]>();
  #watchers = 0;
  #asking = 0;
  #working = false;
  #stop: AbortController | undefined;
  #stopListening: () => void = () => undefined;

  constructor(ports: ReadingPorts) {
    this.#ports = ports;
    this.#look = new RunningLook(ports.store);
  }

  /** Somebody watches, until the returned function is called. */
  join(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) this.#begin();
    let here = true;
    return () => {
      if (here) this.#watchers -= 1;
      here = false;
      if (this.#watchers === 0) this.#end();
    };
  }

  /** What each device runs, as far as it is known; in the order in which they were found. */
  get running(): ReadonlyMap<DeviceId, Running> {
    return this.#running;
  }

  get progress(): StatesProgress {
    const of = this.#ports.fleet.all().length;
    return { read: this.#running.size, of, unreadable: [...this.#unreadable] };
  }

  factsOf(hash: string): StateFacts | undefined {
    return this.#facts.get(hash);
  }

  textOf(hash: string): string | undefined {
    return this.#look.textOf(hash, () => this.#watchesOf(hash));
  }

  #begin(): void {
    const { fleet } = this.#ports;
    this.#stop = new AbortController();
    this.#stopListening = fleet.events.add((event) => {
      if (event.kind === 'removed') for (const id of event.ids) this.#forget(id);
      if (event.kind === 'changed') for (const { id } of event.devices) this.#queueIfMoved(id);
    });
    for (const { record } of fleet.all()) this.#queue.add(record.id);
    this.#work();
  }

  #end(): void {
    this.#stop?.abort();
    this.#stopListening();
    this.#toAsk.length = 0;
    for (const held of [this.#running, this.#facts, this.#places, this.#unreadable, this.#queue, this.#lists]) held.clear();
  }

  #forget(id: DeviceId): void {
    this.#running.delete(id);
    this.#unreadable.delete(id);
    this.#places.delete(id);
    this.#queue.delete(id);
    this.changes.tell();
  }

  #queueIfMoved(id: DeviceId): void {
    const watch = this.#watch(id);
    const before = this.#places.get(id);
    if (!watch) return;
    // What it runs is told with its text: the same text is the same string, as long as nothing was read anew.
    if (before && before.mark === markOf(watch) && before.text === watch.observed.runningText) return;
    this.#queue.add(id);
    this.#work();
  }

  #work(): void {
    const signal = this.#stop?.signal;
    if (this.#working || signal === undefined) return;
    this.#working = true;
    this.#workThrough(signal)
      .catch(this.#ports.report)
      .finally(() => {
        this.#working = false;
        // Another one began to watch meanwhile, or more came in.
        if (this.#watchers > 0 && this.#queue.size > 0) this.#work();
      });
  }

  async #workThrough(signal: AbortSignal): Promise<void> {
    let began = performance.now();
    while (this.#queue.size > 0 && !signal.aborted) {
      const [id] = this.#queue;
      if (id === undefined) break;
      this.#queue.delete(id);
      const watch = this.#watch(id);
      if (watch) this.#lookAt(watch, false, signal);
      if (performance.now() - began < sliceMs) continue;
      this.changes.tell();
      await setImmediate();
      began = performance.now();
    }
    this.changes.tell();
  }

  #lookAt(watch: DeviceWatch, asked: boolean, signal: AbortSignal): void {
    const { id } = watch.record;
    this.#places.set(id, { mark: markOf(watch), text: watch.observed.runningText });
    const look = this.#look.at(watch, asked);
    switch (look.kind) {
      case 'known':
        this.#take(watch, look.running);
        break;
      case 'unknown':
        this.#giveUp(id);
        break;
      case 'ask':
        this.#toAsk.push({ watch, read: look.read });
        this.#ask(signal);
        break;
      case 'wait':
        look
          .until()
          .then(() => {
            if (signal.aborted || this.#watch(id) !== watch) return;
            this.#lookAt(watch, true, signal);
            this.changes.tell();
          })
          .catch(this.#ports.report);
    }
  }

  #ask(signal: AbortSignal): void {
    while (this.#asking < askedAtOnce) {
      const next = this.#toAsk.shift();
      if (next === undefined) return;
      this.#asking += 1;
      this.#askOne(next, signal)
        .catch(this.#ports.report)
        .finally(() => {
          this.#asking -= 1;
          const now = this.#stop?.signal;
          if (now && !now.aborted) this.#ask(now);
        });
    }
  }

  async #askOne({ watch, read }: Question, signal: AbortSignal): Promise<void> {
    const { id } = watch.record;
    try {
      // Another device may have been found to run the same meanwhile.
      const look = this.#look.at(watch, true);
      const running = look.kind === 'known' ? look.running : await read(AbortSignal.any([signal, watch.stopped]));
      if (signal.aborted || this.#watch(id) !== watch) return;
      if (running) this.#take(watch, running);
      else this.#giveUp(id);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TrailbossError) && !watch.stopped.aborted) this.#ports.report(error);
      this.#giveUp(id);
    }
    this.changes.tell();
  }

  #take({ record, observed }: DeviceWatch, running: Running): void {
    if (!this.#facts.has(running.hash)) {
      const text = this.#look.textOf(running.hash, () => []) ?? observed.runningText;
      if (text !== undefined) this.#facts.set(running.hash, readFacts(text, running.hash, this.#ports.store, this.#lists));
    }
    if (this.#facts.get(running.hash) === undefined) {
      this.#giveUp(record.id);
      return;
    }
    this.#unreadable.delete(record.id);
    this.#running.set(record.id, running);
  }

  /** What it ran when that was known is better than nothing. */
  #giveUp(id: DeviceId): void {
    if (!this.#running.has(id)) this.#unreadable.add(id);
  }

  #watch(id: DeviceId): DeviceWatch | undefined {
    try {
      const watch = this.#ports.fleet.device(id);
      return watch.record.id === id ? watch : undefined;
    } catch (error) {
      if (error instanceof TrailbossError) return undefined;
      throw error;
    }
  }

  *#watchesOf(hash: string): Generator<DeviceWatch> {
    for (const [id, running] of this.#running) {
      const watch = running.hash === hash ? this.#watch(id) : undefined;
      if (watch) yield watch;
    }
  }
}

/** What makes it worth looking again: another revision, or a way that opened or closed. */
function markOf(watch: DeviceWatch): string {
  const { observed, facts, record, ways } = watch;
  return `${observed.running ?? facts.running ?? ''} ${record.connection === null ? '' : 'near'} ${ways.hub.kind}`;
}
