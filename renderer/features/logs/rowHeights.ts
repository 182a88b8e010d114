import type { LineIndex } from './lineIndex.ts';

/** Pixels of one line of text. */
export const lineHeight = 20;

/** Where the rows of a list are, in pixels. */
export interface Rows {
  readonly total: number;
  top(place: number): number;
  height(place: number): number;
  /** The row at a distance from the top; the last one beyond the end. */
  placeAt(y: number): number;
}

/** Rows of one line each. */
export function evenRows(count: number): Rows {
  return {
    total: count * lineHeight,
    top: (place) => place * lineHeight,
    height: () => lineHeight,
    placeAt: (y) => Math.max(0, Math.min(count - 1, Math.floor(y / lineHeight))),
  };
}

const blockSize = 256;

/**
 * Rows that are as high as their wrapped text. The heights of rows that come and go at the ends are put right as they do; sums of blocks
 * tell where a row is.
 */
export class WrappedRows implements Rows {
  readonly #lines: (seq: number) => number;
  #index: LineIndex | undefined;
  #epoch = -1;
  #pushed = 0;
  #popped = 0;
  #counts: number[] = [];
  #head = 0;
  /** Lines of each block of places, without those that were let go. */
  #blocks: number[] = [];
  #sum = 0;

  /** @param lines how many lines of text a row has, by its number. */
  constructor(lines: (seq: number) => number) {
    this.#lines = lines;
  }

  /** Follows an index to what it is now. */
  follow(index: LineIndex): this {
    const dropped = index.popped - this.#popped;
    const added = index.pushed - this.#pushed;
    const isSame = index === this.#index && index.epoch === this.#epoch;
    if (!isSame || this.#counts.length - this.#head - dropped + added !== index.length || this.#head > 65_536)
      this.#rebuild(index);
    else {
      for (let count = 0; count < dropped; count += 1) this.#pop();
      for (let place = index.length - added; place < index.length; place += 1) this.#push(this.#lines(index.at(place) ?? 0));
    }
    this.#index = index;
    this.#epoch = index.epoch;
    this.#pushed = index.pushed;
    this.#popped = index.popped;
    return this;
  }

  get total(): number {
    return this.#sum * lineHeight;
  }

  height(place: number): number {
    return (this.#counts[this.#head + place] ?? 1) * lineHeight;
  }

  top(place: number): number {
    const at = this.#head + place;
    const block = Math.floor(at / blockSize);
    let lines = 0;
    for (let each = Math.floor(this.#head / blockSize); each < block; each += 1) lines += this.#blocks[each] ?? 0;
    for (let each = Math.max(block * blockSize, this.#head); each < at; each += 1) lines += this.#counts[each] ?? 0;
    return lines * lineHeight;
  }

  placeAt(y: number): number {
    let rest = Math.max(0, Math.floor(y / lineHeight));
    let block = Math.floor(this.#head / blockSize);
    while (block < this.#blocks.length - 1 && rest >= (this.#blocks[block] ?? 0)) {
      rest -= this.#blocks[block] ?? 0;
      block += 1;
    }
    let at = Math.max(block * blockSize, this.#head);
    while (at < this.#counts.length - 1 && rest >= (this.#counts[at] ?? 1)) {
      rest -= this.#counts[at] ?? 1;
      at += 1;
    }
    return Math.max(0, at - this.#head);
  }

  #rebuild(index: LineIndex): void {
    this.#counts = [];
    this.#blocks = [];
    this.#head = 0;
    this.#sum = 0;
    for (let place = 0; place < index.length; place += 1) this.#push(this.#lines(index.at(place) ?? 0));
  }

  #push(lines: number): void {
    const block = Math.floor(this.#counts.length / blockSize);
    this.#counts.push(lines);
    this.#blocks[block] = (this.#blocks[block] ?? 0) + lines;
    this.#sum += lines;
  }

  #pop(): void {
    const lines = this.#counts[this.#head] ?? 0;
    const block = Math.floor(this.#head / blockSize);
    this.#blocks[block] = (this.#blocks[block] ?? 0) - lines;
    this.#sum -= lines;
    this.#head += 1;
  }
}
