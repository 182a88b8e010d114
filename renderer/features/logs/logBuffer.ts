import type { LogEntry } from '../../../shared/contract/logs.ts';
import { LineIndex, type Passes } from './lineIndex.ts';

/** So many lines are kept at most; then the oldest are let go. */
export const mostLines = 100_000;

/** So many lines are looked at in one go when a filter or a search changes: a few milliseconds. */
const slice = 8000;

const everything: Passes = () => true;
const nothing: Passes = () => false;

/** How work is put off: to the next picture, and to as soon as the page is free. */
export interface Schedule {
  readonly frame: (run: () => void) => void;
  readonly soon: (run: () => void) => void;
}

const inPage: Schedule = {
  frame: (run) => requestAnimationFrame(run),
  soon: (run) => setTimeout(run, 0),
};

/**
 * The lines of a log that are at hand, numbered as they came; older ones that are read later have smaller numbers, below zero too. What a
 * bunch of new lines costs does not depend on how many are there. `view` are those that pass the filter, `hits` those that are searched
 * for. Whoever listens is called at most once per picture.
 */
export class LogBuffer {
  readonly view = new LineIndex(everything);
  readonly hits = new LineIndex(nothing);
  readonly #most: number;
  readonly #schedule: Schedule;
  readonly #ring: (LogEntry | undefined)[] = [];
  readonly #words = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #first = 0;
  #next = 0;
  #letGo = 0;
  #framed = false;
  #scanning = false;
  #shown = 0;

  constructor(most: number = mostLines, schedule: Schedule = inPage) {
    this.#most = most;
    this.#schedule = schedule;
  }

  /** Changes with each picture that shows something else. */
  get version(): number {
    return this.#shown;
  }

  /** The number of the oldest line, and the one after the newest. */
  get first(): number {
    return this.#first;
  }

  get next(): number {
    return this.#next;
  }

  get length(): number {
    return this.#next - this.#first;
  }

  /** How many of the oldest were let go since the buffer was cleared. */
  get letGo(): number {
    return this.#letGo;
  }

  /** How many older lines there is room for. */
  get room(): number {
    return this.#most - this.length;
  }

  /** A change of the filter or the search has not reached the oldest lines yet. */
  get isScanning(): boolean {
    return this.#scanning;
  }

  get(seq: number): LogEntry | undefined {
    return seq < this.#first || seq >= this.#next ? undefined : this.#ring[this.#slot(seq)];
  }

  append(entries: readonly LogEntry[]): void {
    const tooMany = entries.length > this.#most ? entries.length - this.#most : 0;
    for (let index = tooMany; index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const seq = this.#next;
      this.#ring[this.#slot(seq)] = this.#shared(entry);
      this.#next += 1;
      this.view.push(seq, entry);
      this.hits.push(seq, entry);
    }
    const over = this.length - this.#most;
    if (over > 0) {
      this.#first += over;
      this.view.drop(this.#first);
      this.hits.drop(this.#first);
    }
    this.#letGo += Math.max(0, over) + tooMany;
    this.#changed();
  }

  /** Puts older lines, oldest first, before what is there; what there is no room for is left out, the oldest first. */
  prepend(entries: readonly LogEntry[]): void {
    const fitting = entries.slice(Math.max(0, entries.length - this.room));
    for (const entry of fitting.toReversed()) {
      this.#first -= 1;
      this.#ring[this.#slot(this.#first)] = this.#shared(entry);
    }
    this.#scan();
    this.#changed();
  }

  /** Lets go of everything; what comes from now on is kept. */
  clear(): void {
    this.#first = this.#next;
    this.#ring.length = 0;
    this.#letGo = 0;
    this.view.drop(this.#first);
    this.hits.drop(this.#first);
    this.#changed();
  }

  /** Sets what passes and what is searched for; what is left out stays as it was. */
  narrow({ view, hits }: { readonly view?: Passes; readonly hits?: Passes | undefined }): void {
    if (view !== undefined) this.view.restart(view, this.#next);
    if (hits !== undefined) this.hits.restart(hits, this.#next);
    this.#scan();
    this.#changed();
  }

  /** Calls back after each picture's worth of changes, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #scan(): void {
    const get = (seq: number) => this.get(seq);
    const isDone = [this.view, this.hits].map((index) => index.scan(get, this.#first, slice)).every((done) => done);
    if (isDone) {
      this.#scanning = false;
      return;
    }
    if (this.#scanning) return;
    this.#scanning = true;
    this.#schedule.soon(() => {
      this.#scanning = false;
      this.#scan();
      this.#changed();
    });
  }

  #slot(seq: number): number {
    return ((seq % this.#most) + this.#most) % this.#most;
  }

  /** The same word is one string however many lines have it. */
  #shared(entry: LogEntry): LogEntry {
    const { level, platform, source, revision, file } = entry;
    return {
      ...entry,
      level: this.#word(level),
      ...(platform !== undefined && { platform: this.#word(platform) }),
      ...(source !== undefined && { source: this.#word(source) }),
      ...(revision !== undefined && { revision: this.#word(revision) }),
      ...(file !== undefined && { file: this.#word(file) }),
    };
  }

  #word(word: string): string {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    // A device that makes up words without end is not followed in that.
    if (this.#words.size < 10_000) this.#words.set(word, word);
    return word;
  }

  #changed(): void {
    if (this.#framed) return;
    this.#framed = true;
    this.#schedule.frame(() => {
      this.#framed = false;
      this.#shown += 1;
      for (const listener of this.#listeners) listener();
    });
  }
}
