import { TrailbossError } from '../../shared/contract/errors.ts';

/** One wait: ends when the caller cancels or when its time is up, and knows which of the two it was. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True when the time ran out and nobody cancelled. */
  readonly expired: () => boolean;
  /** Stops the clock. Must be called when the wait is over. */
  readonly clear: () => void;
}

/** Starts a clock of `ms` milliseconds beside the caller's signal. */
export function startDeadline(caller: AbortSignal, ms: number): Deadline {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(new Error(`no answer within ${ms} ms`)), ms);
  timer.unref();
  return {
    signal: AbortSignal.any([caller, clock.signal]),
    expired: () => clock.signal.aborted && !caller.aborted,
    clear: () => clearTimeout(timer),
  };
}

export function cancelled(): TrailbossError {
  return new TrailbossError('CANCELLED', {
    what: 'Cancelled.',
    unchanged: 'What was already done stays as it is.',
    next: 'Start it again when you want to.',
  });
}

/** Throws CANCELLED when the caller does not want it any more. */
export function checkCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** Waits, and ends early with CANCELLED when the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const onAbort = () => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** The promise, or CANCELLED as soon as the signal fires. What the promise does later is no longer anybody's concern. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(cancelled());
  }
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = () => signal.removeEventListener('abort', onAbort);
    promise.then(
      (value) => {
        settle();
        resolve(value);
      },
      (error) => {
        settle();
        reject(error);
      },
    );
  });
}
