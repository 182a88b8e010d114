import { expect, test } from 'vitest';
import { RateMeter } from './rate-meter.ts';

test('What happened longer than a minute ago is forgotten, also when the clock was set back', () => {
  let now = 10_000_000;
  const meter = new RateMeter(() => now);
  meter.count();
  now += 30_000;
  meter.count();
  expect(meter.perMinute).toBe(2);
  now += 31_000;
  expect(meter.perMinute).toBe(1);
  now -= 5_000_000;
  expect(meter.perMinute).toBe(0);
  meter.count();
  expect(meter.perMinute).toBe(1);
});
