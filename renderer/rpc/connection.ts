import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import type { StoreApi } from 'zustand/vanilla';
import { ConnectionLostError } from './connectionLost.ts';
import type { ConnectionState } from './connectionState.ts';

/** One line to the backend. `closed` resolves when it is gone, for whatever reason; what was on its way then fails by itself. */
export interface Line {
  readonly link: ClientLink<ClientContext>;
  isOpen(): boolean;
  readonly closed: Promise<void>;
  close(): void;
}

/** Opens a line; rejects when nobody answers. It has to give up by itself when the signal aborts. */
export type OpenLine = (signal: AbortSignal) => Promise<Line>;

const firstDelay = 250;
const longestDelay = 4000;
/** How long a call waits for a line before it fails, in milliseconds. */
const patience = 10_000;

/** Milliseconds to wait before the next try: 250, 500, 1000, 2000, then 4000. */
export function backoff(attempts: number): number {
  return Math.min(longestDelay, firstDelay * 2 ** attempts);
}

/**
 * Keeps a line to the backend open, and passes calls to the one that is open now. Calls that were on their way when a
 * line broke fail with ConnectionLostError, and so do streams: whoever listens subscribes anew and starts with a snapshot.
 */
export class Connection implements ClientLink<ClientContext> {
  readonly #openLine: OpenLine;
  readonly #state: StoreApi<ConnectionState>;
  readonly #end = new AbortController();
  #line: Line | undefined;
  #waiters = new Set<(line: Line) => void>();
  #wake: (() => void) | undefined;

  constructor(openLine: OpenLine, state: StoreApi<ConnectionState>) {
    this.#openLine = openLine;
    this.#state = state;
    void this.#run();
  }

  /** Tries at once if a try is being waited for: the person looks again, or the network came back. */
  retryNow(): void {
    this.#wake?.();
  }

  close(): void {
    this.#end.abort();
    this.#wake?.();
    this.#line?.close();
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    const line = this.#line ?? (await this.#nextLine(options.signal));
    const output = await untilLost(line.link.call(path, input, options), line);
    return isAsyncIterator(output) ? new LineBoundStream(output, line) : output;
  }

  #nextLine(signal: AbortSignal | undefined): Promise<Line> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#waiters.delete(done);
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const done = (line: Line) => {
        settle();
        resolve(line);
      };
      const abort = () => {
        settle();
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new ConnectionLostError());
      }, patience);
      this.#waiters.add(done);
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
    });
  }

  async #run(): Promise<void> {
    let attempts = 0;
    let lostSince: number | undefined;
    while (!this.#end.signal.aborted) {
      const line = await this.#openLine(this.#end.signal).catch(() => undefined);
      if (line !== undefined && !this.#end.signal.aborted) {
        attempts = 0;
        this.#line = line;
        this.#state.setState({ kind: 'open', since: Date.now() }, true);
        for (const waiter of [...this.#waiters]) waiter(line);
        await line.closed;
        this.#line = undefined;
        lostSince = Date.now();
      }
      if (this.#end.signal.aborted) break;
      lostSince ??= Date.now();
      const delay = backoff(attempts);
      attempts += 1;
      this.#state.setState({ kind: 'lost', since: lostSince, attempts, nextTryAt: Date.now() + delay }, true);
      await this.#pause(delay);
    }
  }

  #pause(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, delay);
      this.#wake = done;
    });
  }
}

type AnyIterator = AsyncIterator<unknown, unknown, undefined>;

function isAsyncIterator(value: unknown): value is AnyIterator {
  return typeof value === 'object' && value !== null && 'next' in value && Symbol.asyncIterator in value;
}

/** Settles as the work does; an error that comes with the end of the line becomes ConnectionLostError. */
async function untilLost<T>(work: Promise<T>, line: Line): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (line.isOpen()) throw error;
    throw new ConnectionLostError({ cause: error });
  }
}

class LineBoundStream implements AsyncIterableIterator<unknown> {
  readonly #inner: AnyIterator;
  readonly #line: Line;

  constructor(inner: AnyIterator, line: Line) {
    this.#inner = inner;
    this.#line = line;
  }

  next(): Promise<IteratorResult<unknown, unknown>> {
    return untilLost(this.#inner.next(), this.#line);
  }

  async return(value?: unknown): Promise<IteratorResult<unknown, unknown>> {
    if (this.#line.isOpen()) await this.#inner.return?.();
    return { done: true, value };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
