import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Attention } from './cadence.ts';
import { PollRest } from './poll-rest.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A device that is asked whenever its rest is over. */
class Asked {
  attention: Attention = {
    overHub: false,
    updating: false,
    looking: false,
    deviceOpen: false,
    fleetOpen: false,
    demo: false,
    failures: 0,
    neighbours: 1,
  };
  isAttended = false;
  random = 0.5;
  /** Seconds at which it was asked. */
  readonly at: number[] = [];
  readonly stop = new AbortController();
  readonly rest = new PollRest({
    now: () => Date.now(),
    random: () => this.random,
    attention: () => this.attention,
    isAttended: () => this.isAttended,
  });
  readonly #began = Date.now();

  async run(): Promise<void> {
    await this.rest.first(this.stop.signal);
    while (!this.stop.signal.aborted) {
      this.at.push((Date.now() - this.#began) / 1000);
      await this.rest.next(this.stop.signal);
    }
  }

  look(): void {
    this.attention = { ...this.attention, looking: true, fleetOpen: true };
    this.rest.reconsider();
  }
}

it('asks at once when somebody comes back after long, and then as often as the fleet is', async () => {
  const one = new Asked();
  const running = one.run();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(one.at).toEqual([0]);
  one.look();
  await vi.advanceTimersByTimeAsync(31_000);
  expect(one.at).toEqual([0, 100, 115, 130]);
  one.stop.abort();
  await running;
});

it('waits for the rest of the interval when somebody comes soon', async () => {
  const one = new Asked();
  const running = one.run();
  await vi.advanceTimersByTimeAsync(5000);
  one.look();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(one.at).toEqual([0, 15]);
  one.stop.abort();
  await running;
});

it('spreads many over time, at the start and when somebody comes back', async () => {
  const many = [0, 0.5, 0.9].map((random) => {
    const one = new Asked();
    one.attention = { ...one.attention, neighbours: 100 };
    one.random = random;
    return one;
  });
  const running = many.map((one) => one.run());
  await vi.advanceTimersByTimeAsync(200_000);
  expect(many.map(({ at }) => at)).toEqual([[0], [1], [1.8]]);
  for (const one of many) one.look();
  await vi.advanceTimersByTimeAsync(3000);
  expect(many.map(({ at }) => at.at(1))).toEqual([200, 201, 201.8]);
  for (const one of many) one.stop.abort();
  await Promise.all(running);
});

it('of devices that were added together, jitter makes ones that are asked apart', async () => {
  const [early, late] = [0, 1].map((random) => {
    const one = new Asked();
    one.random = random;
    return one;
  });
  const running = [early, late].map((one) => one?.run());
  await vi.advanceTimersByTimeAsync(350_000);
  expect([early?.at, late?.at]).toEqual([
    [0, 255],
    [0, 345],
  ]);
  for (const one of [early, late]) one?.stop.abort();
  await Promise.all(running);
});

it('that somebody waits for is asked now, whatever was decided before', async () => {
  const one = new Asked();
  const running = one.run();
  await vi.advanceTimersByTimeAsync(10);
  one.look();
  one.rest.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(one.at).toEqual([0, 0.01]);
  one.stop.abort();
  await running;
});
