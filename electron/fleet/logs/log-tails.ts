import type { LogEntry, LogPlaces, LogTail } from '../../../shared/contract/logs.ts';
import { pause } from '../../net/deadline.ts';
import type { LogNews } from '../../sources/source.ts';
import { LogOutlet } from './outlet.ts';

/** Milliseconds between two bunches. */
const bunchMs = 100;

/** News of a log with when it was asked for last. */
export interface HeardNews extends LogNews {
  readonly heardAt: number;
}

/** The tails that windows have open, each under a key that the window made up. */
export class LogTails {
  readonly #outlets = new Map<string, LogOutlet>();

  /** The window has so many more lines of a tail; a key that is not known any more is passed over. */
  taken(key: string, lines: number): void {
    this.#outlets.get(key)?.taken(lines);
  }

  /**
   * News as bunches for one window. The news are read as quickly as they come, whatever the window does; the signal ends it all. Throws
   * what the news throw, once everything before was given.
   */
  async *tail(
    key: string,
    from: LogTail['from'],
    read: (signal: AbortSignal) => AsyncIterable<HeardNews>,
    signal: AbortSignal,
  ): AsyncGenerator<LogTail, void> {
    const outlet = new LogOutlet();
    const stop = new AbortController();
    const onAbort = () => {
      stop.abort();
      outlet.wake();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    this.#outlets.set(key, outlet);
    const state = new TailState();
    const reading = this.#read(outlet, state, read(stop.signal));
    try {
      for (;;) {
        if (signal.aborted) return;
        const entries = outlet.next();
        if (entries.length > 0 || state.hasNews) yield { from, entries, ...state.take(outlet.isEmpty) };
        else if (state.isOver && !outlet.isReady) break;
        if (outlet.isReady) await pause(bunchMs, stop.signal).catch(() => undefined);
        else if (!state.hasNews && !state.isOver) await outlet.change();
      }
      await reading;
    } finally {
      signal.removeEventListener('abort', onAbort);
      stop.abort();
      if (this.#outlets.get(key) === outlet) this.#outlets.delete(key);
      reading.catch(() => undefined);
    }
  }

  async #read(outlet: LogOutlet, state: TailState, news: AsyncIterable<HeardNews>): Promise<void> {
    try {
      for await (const piece of news) {
        state.put(piece);
        outlet.push(piece.entries);
        outlet.wake();
      }
    } finally {
      state.isOver = true;
      outlet.wake();
    }
  }
}

/** What goes with the next bunch beside its lines: of each the newest. */
class TailState {
  isOver = false;
  #heardAt = 0;
  #told = 0;
  #places: LogPlaces | undefined;
  #awaySince: number | undefined;
  #ended = false;
  #changed = false;

  put({ heardAt, places, awaySince, ended, entries }: HeardNews & { readonly entries: readonly LogEntry[] }): void {
    this.#heardAt = heardAt;
    if (places !== undefined) this.#places = withPlaces(this.#places, places);
    // An age on the screen ticks once a second; nothing else has to be told while nothing comes.
    if (awaySince !== this.#awaySince || ended === true || entries.length > 0 || Math.abs(heardAt - this.#told) >= 1000)
      this.#changed = true;
    this.#awaySince = awaySince;
    this.#ended = ended === true;
  }

  get hasNews(): boolean {
    return this.#changed;
  }

  /** Places are told once all lines before them went out. */
  take(isAll: boolean): Omit<LogTail, 'entries' | 'from'> {
    const places = isAll ? this.#places : undefined;
    if (isAll) this.#places = undefined;
    this.#changed = false;
    this.#told = this.#heardAt;
    return {
      heardAt: this.#heardAt,
      ...(places !== undefined && { places }),
      ...(this.#awaySince !== undefined && { awaySince: this.#awaySince }),
      ...(this.#ended && { ended: true }),
    };
  }
}

function withPlaces(before: LogPlaces | undefined, now: LogPlaces): LogPlaces {
  return before?.revision === now.revision ? { revision: now.revision, ends: { ...before.ends, ...now.ends } } : now;
}
