import { type LogEntry, mostUntakenLines } from '../../../shared/contract/logs.ts';

/** So many lines wait here at most for a window that does not keep up; then the oldest are let go. */
const mostWaiting = 20_000;
/** Characters of the lines that wait, and again of those that are on their way. */
const mostCharacters = 16_777_216;

/**
 * Lines on their way to one window: what comes in waits here, bounded, until the window has room for it. What a slow window misses is
 * counted, and told by a mark in the place of the lines.
 */
export class LogOutlet {
  #waiting: LogEntry[] = [];
  #waitingCharacters = 0;
  #skipped = 0;
  #skips = 0;
  /** How long each line is that is on its way, the oldest first. */
  #untaken: number[] = [];
  #untakenCharacters = 0;
  #wake: (() => void) | undefined;

  push(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      this.#waiting.push(entry);
      this.#waitingCharacters += entry.text.length;
    }
    let over = Math.max(0, this.#waiting.length - mostWaiting);
    for (const [at, { mark, text }] of this.#waiting.entries()) {
      if (at >= over && this.#waitingCharacters <= mostCharacters) break;
      over = Math.max(over, at + 1);
      this.#waitingCharacters -= text.length;
      if (mark === undefined) this.#skipped += 1;
    }
    if (over > 0) this.#waiting = this.#waiting.slice(over);
    this.#wake?.();
  }

  /** The window has so many more. */
  taken(lines: number): void {
    for (const characters of this.#untaken.splice(0, lines)) this.#untakenCharacters -= characters;
    this.#wake?.();
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Something is there that may go out now. */
  get isReady(): boolean {
    return this.#waiting.length > 0 && this.#untaken.length < mostUntakenLines && this.#untakenCharacters < mostCharacters;
  }

  /** What goes out now; empty where nothing may. */
  next(): LogEntry[] {
    if (!this.isReady) return [];
    const room = mostUntakenLines - this.#untaken.length;
    const out = this.#waiting.slice(0, room);
    this.#waiting = this.#waiting.slice(room);
    for (const { text } of out) {
      this.#untaken.push(text.length);
      this.#untakenCharacters += text.length;
      this.#waitingCharacters -= text.length;
    }
    if (this.#skipped === 0) return out;
    this.#skips += 1;
    const mark = { kind: 'skipped', lines: this.#skipped } as const;
    this.#skipped = 0;
    return [{ id: `skipped#${this.#skips}`, level: '', text: '', mark }, ...out];
  }

  /** Resolves when something came in or was taken, or after `wake`. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    this.#wake?.();
  }
}
