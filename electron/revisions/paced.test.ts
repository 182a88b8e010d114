import { afterEach, expect, test, vi } from 'vitest';
import { Paced } from './paced.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('What changes often is told at once, then once more for all that came meanwhile, and never after the end', () => {
  vi.useFakeTimers();
  const paced = new Paced(() => 0);
  let told = 0;
  paced.changes.add(() => {
    told += 1;
  });
  for (let at = 0; at < 100; at += 1) paced.touch();
  expect(told).toBe(1);
  vi.advanceTimersByTime(1000);
  expect([told, vi.getTimerCount()]).toEqual([2, 0]);
  paced.touch();
  paced.touch();
  paced.close();
  vi.advanceTimersByTime(1000);
  expect(told).toBe(3);
});
