/** Bytes that may be on their way to a window that has not said that it showed them; then the shell is held back. */
export const mostUntaken = 262_144;
/** It goes on when so much was taken that no more than this is on its way. */
const goOnBelow = 131_072;
/** Bytes after which a batch is full, and milliseconds after which one goes out all the same. */
export const batchBytes = 32_768;
const batchMs = 16;

export interface FlowPorts {
  /** Holds the shell back, or lets it go on. */
  readonly hold: (held: boolean) => void;
}

/**
 * A shell's output on its way to a window. It is gathered into batches, the first after a silence without any wait, so that an
 * echo comes at once; and the shell is held back while the window is behind, so that neither it nor memory is flooded.
 */
export class OutputFlow {
  readonly #hold: FlowPorts['hold'];
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Given out or waiting, and not taken. */
  #untaken = 0;
  #held = false;
  #ended = false;
  #ready = false;
  #lastBatchAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  constructor({ hold }: FlowPorts) {
    this.#hold = hold;
  }

  push(bytes: Uint8Array): void {
    if (this.#ended || bytes.length === 0) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#untaken += bytes.length;
    if (!this.#held && this.#untaken >= mostUntaken) this.#setHeld(true);
    const rest = this.#lastBatchAt + batchMs - performance.now();
    if (this.#waitingBytes >= batchBytes || rest <= 0) this.#isReady();
    else this.#timer ??= setTimeout(() => this.#isReady(), rest);
  }

  /** The window has shown so many bytes more. */
  taken(bytes: number): void {
    this.#untaken = Math.max(this.#waitingBytes, this.#untaken - bytes);
    if (this.#held && this.#untaken < goOnBelow) this.#setHeld(false);
  }

  /** Nothing more comes. What waits is still given out. */
  end(): void {
    this.#ended = true;
    this.#isReady();
  }

  /** The next batch, when there is one; undefined after the last. One reader at a time. */
  async next(): Promise<Uint8Array | undefined> {
    while (!this.#ready || this.#waiting.length === 0) {
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const batch: Uint8Array[] = [];
    let size = 0;
    while (size < batchBytes) {
      const chunk = this.#waiting.shift();
      if (chunk === undefined) break;
      batch.push(chunk);
      size += chunk.length;
    }
    this.#waitingBytes -= size;
    this.#ready = this.#ended || this.#waitingBytes >= batchBytes;
    this.#lastBatchAt = performance.now();
    if (this.#waiting.length > 0 && !this.#ready) this.#timer ??= setTimeout(() => this.#isReady(), batchMs);
    const [only] = batch;
    return batch.length === 1 && only !== undefined ? only : Buffer.concat(batch);
  }

  #isReady(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ready = true;
    this.#wake?.();
  }

  #setHeld(held: boolean): void {
    this.#held = held;
    this.#hold(held);
  }
}
