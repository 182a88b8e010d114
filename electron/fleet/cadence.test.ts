import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountAttention, type Attention, feedInterval, patience, pollInterval, spreadOver } from './cadence.ts';

const rest: Attention = {
  overHub: false,
  updating: false,
  looking: true,
  deviceOpen: false,
  fleetOpen: true,
  demo: false,
  failures: 0,
  neighbours: 5,
};
const hidden: Attention = { ...rest, looking: false, fleetOpen: false };

describe('asking a device', () => {
  it('is quick during an update, and slows down when nobody looks or nobody answers', () => {
    const intervals = [
      { ...rest, updating: true, failures: 9 },
      { ...rest, deviceOpen: true },
      { ...hidden, updating: true },
      rest,
      { ...rest, fleetOpen: false },
      { ...rest, failures: 5 },
      hidden,
    ].map(pollInterval);
    expect(intervals).toEqual([1000, 4000, 5000, 15_000, 60_000, 120_000, 300_000]);
  });

  it('asks all of a large fleet together no more often than of a small one, and never leaves one out for longer than an hour', () => {
    const perSecond = (neighbours: number, of: Attention) => (neighbours * 1000) / pollInterval({ ...of, neighbours });
    expect([10, 300, 1000, 10_000].map((neighbours) => Math.round(perSecond(neighbours, rest)))).toEqual([1, 20, 20, 20]);
    expect([10, 300, 1000].map((neighbours) => perSecond(neighbours, hidden) <= 1)).toEqual([true, true, true]);
    expect(pollInterval({ ...hidden, neighbours: 1_000_000 })).toBe(3_600_000);
  });

  it('of an open device does not wait for the others', () => {
    expect(pollInterval({ ...rest, deviceOpen: true, neighbours: 10_000 })).toBe(4000);
  });

  it('never waits shorter after another failure', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(20_000), fc.boolean(), (failures, neighbours, looking) => {
        const at = (count: number) => pollInterval({ ...rest, looking, neighbours, failures: count });
        expect(at(failures + 1)).toBeGreaterThanOrEqual(at(failures));
      }),
    );
  });

  it('spreads those that are due at once, but not a few', () => {
    expect([spreadOver(1), spreadOver(20), spreadOver(1000)]).toEqual([0, 0, 20_000]);
  });
});

describe('trying a closed way again', () => {
  it('is as quick as ever for a few devices that somebody looks at, and slower for many and unseen', () => {
    const of = (looking: boolean, neighbours: number) => patience({ looking, neighbours });
    expect([of(true, 5), of(true, 300), of(true, 3000), of(false, 5), of(false, 3000)]).toEqual([1, 1, 10, 20, 200]);
  });
});

describe('asking an account what changed', () => {
  const seen: AccountAttention = { updating: false, looking: true, fleetOpen: true, demo: false, failures: 0, took: 100 };
  const unseen: AccountAttention = { ...seen, looking: false, fleetOpen: false };

  it('follows updates more slowly while nobody looks, and rests longer', () => {
    const intervals = [{ ...seen, updating: true }, seen, { ...unseen, updating: true }, unseen].map(feedInterval);
    expect(intervals).toEqual([4000, 15_000, 20_000, 120_000]);
  });

  it('leaves a hub that has much to tell a fifth of the time at most, and nearly none unseen', () => {
    expect(feedInterval({ ...seen, took: 8000 })).toBe(40_000);
    expect(feedInterval({ ...unseen, took: 2000 })).toBe(200_000);
    expect(feedInterval({ ...unseen, took: 60_000, failures: 9 })).toBe(300_000);
  });
});
