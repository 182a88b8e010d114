import { describe, expect, it } from 'vitest';
import { stallOf, usualTime } from './stall.ts';

const at = (heardAt: number, status: string, message = '') => ({ heardAt, status, message });
const minute = 60_000;
const base = { postedAt: 1000, waits: false, earlier: () => [] };

describe('what is usual', () => {
  it('is three times the median of what was seen, with a floor', () => {
    expect(usualTime('downloading', [100 * minute, 10 * minute, 20 * minute])).toBe(60 * minute);
    expect(usualTime('downloading', [1, 2, 3])).toBe(minute);
  });

  it('is a guess where nothing was seen', () => {
    expect(usualTime('moving', [])).toBe(5 * minute);
  });
});

describe('an update stands still', () => {
  it('when nothing new was heard for longer than usual, since the last news', () => {
    const reports = [at(2000, 'QUEUED'), at(5000, 'DOWNLOADING')];
    expect(stallOf({ ...base, reports }, 5000 + 5 * minute)).toBeUndefined();
    expect(stallOf({ ...base, reports }, 5001 + 5 * minute)).toEqual({ stage: 'downloading', since: 5000, usual: 5 * minute });
  });

  it('by what the device itself usually takes', () => {
    const update = {
      ...base,
      reports: [at(5000, 'TESTING')],
      earlier: (stage: string) => (stage === 'testing' ? [50 * minute] : []),
    };
    expect(stallOf(update, 5000 + 100 * minute)).toBeUndefined();
    expect(stallOf(update, 5001 + 150 * minute)).toMatchObject({ stage: 'testing' });
  });

  it('not while its device has not taken it from a hub, however long', () => {
    expect(stallOf({ ...base, waits: true, reports: [] }, 1e12)).toBeUndefined();
    expect(stallOf({ ...base, waits: true, reports: [at(2000, 'NEW')] }, 1e12)).toBeUndefined();
    expect(stallOf({ ...base, waits: true, reports: [at(2000, 'NEW'), at(3000, 'QUEUED')] }, 1e12)).toMatchObject({
      stage: 'queued',
    });
  });

  it('not at its end, and not in a status that nobody knows', () => {
    expect(stallOf({ ...base, reports: [at(2000, 'DONE')] }, 1e12)).toBeUndefined();
    expect(stallOf({ ...base, reports: [at(2000, 'PONDERING')] }, 1e12)).toBeUndefined();
  });
});
