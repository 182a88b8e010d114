/** How something that changes by itself is watched: `listen` calls back with each event until the returned function is called. */
export type Listen<Event> = (push: (event: Event) => void) => () => void;

/** Events that wait longer than this have a reader that is gone or stuck; it has to subscribe anew. */
const maxWaiting = 20_000;

/**
 * Every event in order, as a stream that a `break` or an abort on either side ends. `first` is called after listening began, so
 * that nothing between the two is missed.
 */
export async function* everyEvent<Event>(
  first: () => readonly Event[],
  listen: Listen<Event>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Event, void> {
  const waiting: Event[] = [];
  let wake: (() => void) | undefined;
  const stopListening = listen((event) => {
    waiting.push(event);
    if (waiting.length > maxWaiting) stopListening();
    wake?.();
  });
  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort);
  try {
    waiting.unshift(...first());
    while (!signal?.aborted) {
      if (waiting.length > maxWaiting) throw new Error('the subscriber does not read');
      const event = waiting.shift();
      if (event !== undefined) yield event;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    }
  } finally {
    stopListening();
    signal?.removeEventListener('abort', onAbort);
  }
}

/** The newest value and each later one; values that nobody had time to read are skipped. `undefined` values are not sent. */
export async function* latestValue<Value>(
  read: () => Value | undefined,
  listen: Listen<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value, void> {
  let changed = true;
  let wake: (() => void) | undefined;
  const stopListening = listen(() => {
    changed = true;
    wake?.();
  });
  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort);
  try {
    while (!signal?.aborted) {
      if (changed) {
        changed = false;
        const value = read();
        if (value !== undefined) yield value;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    }
  } finally {
    stopListening();
    signal?.removeEventListener('abort', onAbort);
  }
}
