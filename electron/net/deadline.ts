import { TrailbossError } from '../../shared/contract/errors.ts';

/** One wait: ends when the caller cancels or when its time is up, and knows which of the two it was. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True when the time ran out and nobody cancelled before. */
  readonly expired: () => boolean;
  /** Starts the clock anew, with another time: something moved. */
  readonly restart: (ms: number) => void;
  /** Stops the clock; cancelling still works. */
  readonly stopClock: () => void;
  /** Ends the wait. Must be called: until then the caller's signal holds on to it. */
  readonly clear: () => void;
}

/** Starts a clock of `ms` milliseconds beside the caller's signal. */
export function startDeadline(caller: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  let expired = false;
  let timer: NodeJS.Timeout | undefined;
  const onCancel = () => controller.abort(caller.reason);
  if (caller.aborted) onCancel();
  else caller.addEventListener('abort', onCancel, { once: true });
  const stopClock = () => clearTimeout(timer);
  const restart = (time: number) => {
    stopClock();
    if (controller.signal.aborted) return;
    timer = setTimeout(() => {
      expired = true;
      controller.abort(new Error(`nothing for ${time} ms`));
    }, time);
    timer.unref();
  };
  restart(ms);
  return {
    signal: controller.signal,
    expired: () => expired,
    restart,
    stopClock,
    clear: () => {
      stopClock();
      caller.removeEventListener('abort', onCancel);
    },
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
