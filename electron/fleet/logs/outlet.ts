import { type LogEntry, mostUntakenLines } from '../../../shared/contract/logs.ts';

/** So many lines wait here at most for a window that does not keep up; then the oldest are let go. */
const mostWaiting = 20_000;

/**
 * Lines on their way to one window: what comes in waits here, bounded, until the window has room for it. What a slow window misses is
 * counted, and told by a mark in the place of the lines.
 */
export class LogOutlet {
  #waiting: LogEntry[] = [];
  #skipped = 0;
  #skips = 0;
  #untaken = 0;
  #wake: (() => void) | undefined;

  push(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return;
    this.#waiting.push(...entries);
    const over = this.#waiting.length - mostWaiting;
    if (over > 0) {
      for (const { mark } of this.#waiting.slice(0, over)) if (mark === undefined) this.#skipped += 1;
      this.#waiting = this.#waiting.slice(over);
    }
    this.#wake?.();
  }

  /** The window has so many more. */
  taken(lines: number): void {
    this.#untaken = Math.max(0, this.#untaken - lines);
    this.#wake?.();
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Something is there that may go out now. */
  get isReady(): boolean {
    return this.#waiting.length > 0 && this.#untaken < mostUntakenLines;
  }

  /** What goes out now; empty where nothing may. */
  next(): LogEntry[] {
    if (!this.isReady) return [];
    const room = mostUntakenLines - this.#untaken;
    const out = this.#waiting.slice(0, room);
    this.#waiting = this.#waiting.slice(room);
    this.#untaken += out.length;
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
