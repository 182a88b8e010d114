import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Audience } from '../fleet/audience.ts';
import { eachMoment } from './each-moment.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('looks often while somebody sees what comes of it, rarely otherwise, and at once when somebody comes', () => {
  const audience = new Audience();
  let looks = 0;
  const stop = eachMoment(
    audience,
    1000,
  )(() => {
    looks += 1;
  });
  const after = (milliseconds: number) => {
    vi.advanceTimersByTime(milliseconds);
    return looks;
  };
  expect([after(29_000), after(1000)]).toEqual([0, 1]);
  const leave = audience.join();
  expect([after(0), after(5000)]).toEqual([2, 7]);
  leave();
  leave();
  expect([audience.isLooking, after(29_000), after(1000)]).toEqual([false, 7, 8]);
  stop();
  audience.join();
  expect([after(100_000), vi.getTimerCount()]).toEqual([8, 0]);
});
