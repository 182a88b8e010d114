/** A timer that was set; calling it takes the timer back. */
export type CancelTimer = () => void;

/** Time as a simulated device knows it. All durations are device seconds. */
export interface Clock {
  /** Device seconds since the clock was made. */
  now(): number;
  after(seconds: number, run: () => void): CancelTimer;
  close(): void;
}

/**
 * The clock of the running program, with device seconds shortened.
 * @param timeScale real seconds for one device second: 1 is real time, 0.01 a hundred times faster.
 */
export function scaledClock(timeScale: number): Clock {
  const begun = performance.now();
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => (performance.now() - begun) / 1000 / timeScale,
    after(seconds, run) {
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          run();
        },
        seconds * timeScale * 1000,
      );
      timers.add(timer);
      return () => {
        timers.delete(timer);
        clearTimeout(timer);
      };
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** A clock that only moves when told to, so that a test sees every moment of an update. */
export type SteppedClock = Clock & {
  /** Moves on by `seconds`, running the timers that fall due in their order. */
  advance(seconds: number): void;
};

type PendingTimer = { readonly due: number; readonly order: number; readonly run: () => void };

/** A {@link SteppedClock} that stands at zero. */
export function steppedClock(): SteppedClock {
  let time = 0;
  let order = 0;
  const pending = new Set<PendingTimer>();

  function nextDue(until: number): PendingTimer | undefined {
    let first: PendingTimer | undefined;
    for (const timer of pending) {
      if (timer.due > until) continue;
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  }

  return {
    now: () => time,
    after(seconds, run) {
      order += 1;
      const timer = { due: time + seconds, order, run };
      pending.add(timer);
      return () => pending.delete(timer);
    },
    advance(seconds) {
      const until = time + seconds;
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        pending.delete(timer);
        time = timer.due;
        timer.run();
      }
      time = until;
    },
    close: () => pending.clear(),
  };
}
