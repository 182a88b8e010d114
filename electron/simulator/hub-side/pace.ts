import type { Clock } from '../clock.ts';

/** Waits device seconds; a wait that is broken off resolves at once. */
export interface Pauses {
  pause(seconds: number): Promise<void>;
  /** Ends every wait, and every one that is asked for later. */
  close(): void;
}

export function openPauses(clock: Clock): Pauses {
  const waiting = new Set<() => void>();
  let closed = false;
  return {
    pause(seconds) {
      if (closed) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          cancel();
          waiting.delete(done);
          resolve();
        };
        const cancel = clock.after(seconds, done);
        waiting.add(done);
      });
    },
    close() {
      closed = true;
      for (const done of [...waiting]) done();
    },
  };
}

/** Bytes no faster than so many per device second. */
export async function* paced(
  bytes: AsyncIterable<Uint8Array>,
  perSecond: () => number | undefined,
  { pause }: Pauses,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    const rate = perSecond();
    if (rate === undefined || rate <= 0) {
      yield chunk;
      continue;
    }
    // In steps of half a device second, so that the bytes are seen to arrive.
    const step = Math.max(1, Math.floor(rate / 2));
    for (let at = 0; at < chunk.length; at += step) {
      const part = chunk.subarray(at, at + step);
      await pause(part.length / rate);
      yield part;
    }
  }
}
