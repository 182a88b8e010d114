import { type Attention, pollInterval, spreadOver } from './cadence.ts';
import { Pause } from './pause.ts';

export interface RestPorts {
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly attention: () => Attention;
  /** Somebody waits for what this one device says. */
  readonly isAttended: () => boolean;
}

/** How far apart two devices' intervals may be, as a share of them: else those that were added together are asked together for ever. */
const jitterShare = 0.3;

/** The time between two polls of one device: it grows shorter while it lasts when somebody comes. */
export class PollRest {
  readonly #ports: RestPorts;
  readonly #pause = new Pause();
  #woken: 'to-poll' | 'to-look-again' | undefined;

  constructor(ports: RestPorts) {
    this.#ports = ports;
  }

  /** It is due now. */
  wake(): void {
    this.#woken = 'to-poll';
    this.#pause.wake();
  }

  /** It may be due sooner. */
  reconsider(): void {
    this.#woken ??= 'to-look-again';
    this.#pause.wake();
  }

  /** Before the first poll: of many that are known from before, not all are asked in the same moment. */
  first(signal: AbortSignal): Promise<void> {
    return this.#pause.wait(this.#soon(), signal);
  }

  /** Until the next poll is due, it is woken, or the signal ends it; never rejects. */
  async next(signal: AbortSignal): Promise<void> {
    const { now, random, attention, isAttended } = this.#ports;
    const from = now();
    const jitter = isAttended() ? 1 : 1 + (random() - 0.5) * jitterShare;
    let wait = pollInterval(attention()) * jitter;
    for (;;) {
      this.#woken = undefined;
      await this.#pause.wait(wait, signal);
      if (this.#woken !== 'to-look-again') return;
      const interval = pollInterval(attention()) * jitter;
      // A clock that was set back must not keep it waiting.
      const left = Math.min(from + interval - now(), interval);
      wait = left > 0 ? left : this.#soon();
    }
  }

  /** Milliseconds of its own within the time over which the polls of so many are spread. */
  #soon(): number {
    const { attention, isAttended, random } = this.#ports;
    return isAttended() ? 0 : random() * spreadOver(attention().neighbours);
  }
}
