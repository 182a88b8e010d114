import { maxTypedBytes } from '../../../../shared/contract/terminal.ts';

const encoder = new TextEncoder();

/** Bytes of one message. A paste goes out in several. */
const pieceBytes = Math.floor(maxTypedBytes / 2);

/**
 * What is typed, on its way to the shell: in order, one message at a time, and what comes meanwhile in the next one, so that a quick
 * typist or a large paste needs few of them.
 */
export class TypedQueue {
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #sending = false;

  /** @param send takes at most `maxTypedBytes`; what it rejects with is its own affair: what was typed is dropped */
  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>) {
    this.#send = send;
  }

  pushText(text: string): void {
    this.push(encoder.encode(text));
  }

  push(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length === 0) return;
    this.#waiting.push(bytes);
    if (!this.#sending) void this.#run();
  }

  /** Drops what has not gone out. */
  clear(): void {
    this.#waiting = [];
  }

  async #run(): Promise<void> {
    this.#sending = true;
    try {
      while (this.#waiting.length > 0) {
        const all = joined(this.#waiting);
        const piece = all.slice(0, pieceBytes);
        this.#waiting = all.length > piece.length ? [all.slice(piece.length)] : [];
        await this.#send(piece);
      }
    } catch {
      this.#waiting = [];
    } finally {
      this.#sending = false;
    }
  }
}

function joined(chunks: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
