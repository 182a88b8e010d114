import { expect, test } from 'vitest';
import { type RateSample, rateOf, withSample } from './rate.ts';

function after(...samples: readonly RateSample[]): number | undefined {
  return rateOf(samples.reduce<readonly RateSample[]>((all, sample) => withSample(all, sample), []));
}

test('the rate is that of the last seconds', () => {
  expect(after({ at: 0, bytes: 0 })).toBeUndefined();
  expect(after({ at: 0, bytes: 0 }, { at: 1000, bytes: 2000 })).toBe(2000);
  expect(after({ at: 0, bytes: 0 }, { at: 10_000, bytes: 0 }, { at: 11_000, bytes: 500 })).toBe(500);
});

test('an upload that starts anew has no negative rate', () => {
  expect(after({ at: 0, bytes: 9000 }, { at: 1000, bytes: 0 }, { at: 2000, bytes: 100 })).toBe(100);
});
