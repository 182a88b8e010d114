import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { LogEntry, LogFileName, LogFilter, LogOrigin, LogPlaces, LogTail } from '../../../shared/contract/logs.ts';
import { worthRetrying } from '../../rpc/problem.ts';
import { client as backend, problemOf } from '../../rpc.ts';
import { LogBuffer } from './logBuffer.ts';

const pageLines = 500;
/** A line to the backend that was lost is opened anew after so many milliseconds. */
const againMs = 250;
/** Lines that came twice are looked for among so many: a hub's pages and its tail overlap. */
const overlapLooked = 3000;

/** Which log is shown. */
export interface LogChoice {
  readonly id: DeviceId;
  readonly from: LogOrigin;
  /** The hub's own filter; over SSH everything comes. */
  readonly filter: LogFilter;
  /** Over SSH: a revision that does not run. */
  readonly revision?: string | undefined;
  /** Over SSH: how many lines of each file come first. */
  readonly lines?: number;
}

export type FeedState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'live'; readonly heardAt: number }
  | { readonly kind: 'away'; readonly since: number }
  /** A time range or a revision that is over. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly problem: KnownProblem };

/** Where older lines go on: a hub's cursor, or a byte of a file. */
export type Older =
  | { readonly kind: 'cursor'; readonly cursor: string }
  | { readonly kind: 'file'; readonly file: LogFileName; readonly byte: number };

/** One log on its way into a buffer, for as long as somebody looks. What is shown changes with the buffer's pictures. */
export class LogFeed {
  readonly buffer = new LogBuffer();
  readonly #choice: LogChoice;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #files = new Map<string, Older>();
  #state: FeedState = { kind: 'opening' };
  #places: LogPlaces | undefined;
  #cursor: Older | undefined;
  #loading = false;
  #olderProblem: KnownProblem | undefined;

  constructor(choice: LogChoice) {
    this.#choice = choice;
  }

  get state(): FeedState {
    return this.#state;
  }

  get isLoadingOlder(): boolean {
    return this.#loading;
  }

  get olderProblem(): KnownProblem | undefined {
    return this.#olderProblem;
  }

  /** Where older lines go on; over SSH those of one file, by its path. Undefined: there are none. */
  older(path: string | undefined): Older | undefined {
    return this.#choice.from === 'hub' ? this.#cursor : path === undefined ? undefined : this.#files.get(path);
  }

  /** Calls back when `state` or what is said of older lines is another. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins, or tries again after it failed; `close` ends it for good. */
  open(): void {
    this.#set({ kind: 'opening' });
    void this.#run();
  }

  close(): void {
    this.#stop.abort();
    this.#listeners.clear();
  }

  /** Lets go of what is on the screen. What is on the device or the hub stays; older lines can be read again from where they were. */
  clear(): void {
    this.buffer.clear();
    this.#cursor = undefined;
    this.#files.clear();
    this.#tell();
  }

  /** Reads the next page of older lines; nothing happens while one is on its way. */
  async loadOlder(path: string | undefined): Promise<void> {
    const from = this.older(path);
    if (from === undefined || this.#loading || this.buffer.room === 0) return;
    this.#loading = true;
    this.#olderProblem = undefined;
    this.#tell();
    const { id, filter, from: origin } = this.#choice;
    const { signal } = this.#stop;
    const limit = Math.min(pageLines, this.buffer.room);
    try {
      const place = from.kind === 'cursor' ? { older: from.cursor } : { older: String(from.byte), file: from.file };
      const page = await backend.logs.history({ id, from: origin, filter, limit, ...place }, { signal });
      if (from.kind === 'cursor') this.#cursor = page.older === undefined ? undefined : { kind: 'cursor', cursor: page.older };
      else if (page.older === undefined) this.#files.delete(from.file.path);
      else this.#files.set(from.file.path, { ...from, byte: Number(page.older) });
      this.buffer.prepend(this.#fresh(page.entries.toReversed(), 'front'));
    } catch (error) {
      if (!signal.aborted) this.#olderProblem = problemOf(error);
    } finally {
      this.#loading = false;
      this.#tell();
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#once();
        this.#set({ kind: 'ended' });
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!worthRetrying(error)) return this.#set({ kind: 'failed', problem: problemOf(error) });
      }
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }

  /** One tail, from its beginning or from where the last one was lost, to its end. */
  async #once(): Promise<void> {
    const { id, from, filter, revision, lines } = this.#choice;
    const { signal } = this.#stop;
    const key = crypto.randomUUID();
    const places = this.#places;
    const wish = {
      ...(revision !== undefined && { revision }),
      ...(lines !== undefined && { lines }),
      ...(places && { places }),
    };
    const isOver = from === 'hub' && filter.before !== undefined;
    // The tail is opened before the hub's page is read, so that nothing falls between them.
    const tail = isOver ? undefined : await backend.logs.tail({ id, from, filter, key, ...wish }, { signal });
    if (from === 'hub') await this.#newestPage();
    if (tail === undefined) return;
    for await (const bunch of tail) {
      if (signal.aborted) return;
      this.#take(bunch, key);
    }
  }

  async #newestPage(): Promise<void> {
    const { id, filter } = this.#choice;
    const { signal } = this.#stop;
    const page = await backend.logs.history({ id, from: 'hub', filter, limit: pageLines }, { signal });
    const newest = page.entries.toReversed();
    const fresh = this.#fresh(newest, 'end');
    // What is at hand stays where the page touches it; else there is a gap, and the page stands alone.
    if (this.buffer.length === 0 || fresh.length === newest.length) {
      this.buffer.clear();
      this.#cursor = page.older === undefined ? undefined : { kind: 'cursor', cursor: page.older };
    }
    this.buffer.append(fresh);
    this.#set({ kind: 'live', heardAt: Date.now() });
  }

  #take({ entries, heardAt, places, awaySince, ended, from }: LogTail, key: string): void {
    if (places !== undefined) {
      const isSame = this.#places?.revision === places.revision;
      this.#places = isSame ? { ...places, ends: { ...this.#places?.ends, ...places.ends } } : places;
    }
    for (const { mark, revision, file } of entries) {
      if (mark?.kind === 'before' && mark.older > 0 && file !== undefined && revision !== undefined) {
        this.#files.set(file, { kind: 'file', file: { revision, path: file }, byte: mark.older });
      }
    }
    const fresh = from === 'hub' ? this.#fresh(entries, 'end') : entries;
    if (fresh.length > 0) this.buffer.append(fresh);
    if (entries.length > 0) backend.logs.taken({ key, lines: entries.length }).catch(() => undefined);
    if (ended === true) this.#set({ kind: 'ended' });
    else this.#set(awaySince === undefined ? { kind: 'live', heardAt } : { kind: 'away', since: awaySince });
  }

  /** Those that are not there yet: what would touch what is at hand is compared with its edge. */
  #fresh(entries: readonly LogEntry[], edge: 'front' | 'end'): readonly LogEntry[] {
    if (this.#choice.from === 'ssh' || entries.length === 0) return entries;
    const { first, next } = this.buffer;
    const known = new Set<string>();
    const from = edge === 'front' ? first : Math.max(first, next - overlapLooked);
    for (let seq = from; seq < Math.min(next, from + overlapLooked); seq += 1) known.add(this.buffer.get(seq)?.id ?? '');
    return entries.filter(({ id }) => !known.has(id));
  }

  #set(state: FeedState): void {
    const before = this.#state;
    // How long ago it was heard ticks on the screen by itself, once a second.
    const isNew =
      before.kind !== state.kind || (state.kind === 'live' && before.kind === 'live' && state.heardAt - before.heardAt >= 1000);
    if (!isNew) return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
