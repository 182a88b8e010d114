import type { LogEntry } from '../../../shared/contract/logs.ts';

export type Passes = (entry: LogEntry) => boolean;

/** When so many places at the front are free, what is left moves up. */
const slack = 4096;

/**
 * Which lines of a buffer pass, by their numbers and in order. New lines are looked at one by one as they come; a change of what passes
 * goes through the lines that are there from the newest to the oldest, in slices that the caller sets.
 */
export class LineIndex {
  #seqs: number[] = [];
  #head = 0;
  #passes: Passes;
  /** Lines from here on were looked at. */
  #scanned = 0;
  /** Another one: what was in front is not what was there before. */
  epoch = 0;
  /** How many were put at the end, and let go at the front, ever. */
  pushed = 0;
  popped = 0;

  constructor(passes: Passes) {
    this.#passes = passes;
  }

  get length(): number {
    return this.#seqs.length - this.#head;
  }

  /** The number of the line at a place of 0 and more. */
  at(place: number): number | undefined {
    return this.#seqs[this.#head + place];
  }

  /** The place of the first line whose number is this or more; `length` where there is none. */
  placeOf(seq: number): number {
    let low = this.#head;
    let high = this.#seqs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#seqs[middle] ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low - this.#head;
  }

  push(seq: number, entry: LogEntry): void {
    if (!this.#passes(entry)) return;
    this.#seqs.push(seq);
    this.pushed += 1;
  }

  /** Lets go of the lines before a number. */
  drop(first: number): void {
    while (this.#head < this.#seqs.length && (this.#seqs[this.#head] ?? 0) < first) {
      this.#head += 1;
      this.popped += 1;
    }
    if (this.#head > slack && this.#head * 2 > this.#seqs.length) {
      this.#seqs = this.#seqs.slice(this.#head);
      this.#head = 0;
    }
    this.#scanned = Math.max(this.#scanned, first);
  }

  /** Something else passes from now on: nothing is here until `scan` has looked at what is there. */
  restart(passes: Passes, next: number): void {
    this.#passes = passes;
    this.#seqs = [];
    this.#head = 0;
    this.#scanned = next;
    this.epoch += 1;
  }

  /** Older lines are there now in front, from `first` on; those that were looked at stay. */
  reopen(): void {
    this.epoch += 1;
  }

  /** Looks at so many lines more, backwards to `first`. True when there is nothing left to look at. */
  scan(get: (seq: number) => LogEntry | undefined, first: number, count: number): boolean {
    const from = Math.max(first, this.#scanned - count);
    const found: number[] = [];
    for (let seq = from; seq < this.#scanned; seq += 1) {
      const entry = get(seq);
      if (entry !== undefined && this.#passes(entry)) found.push(seq);
    }
    this.#scanned = from;
    if (found.length > 0) {
      this.#seqs = [...found, ...this.#seqs.slice(this.#head)];
      this.#head = 0;
      this.epoch += 1;
    }
    return from <= first;
  }
}
