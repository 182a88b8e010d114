import { describe, expect, it } from 'vitest';
import { type DatedRevision, inTrailOrder } from './trail-order.ts';

const hub = (number: number, date?: string) => ({ name: String(number), date, onHub: true });
const local = (name: string, date?: string) => ({ name, date });
const names = (revisions: readonly DatedRevision[]) => inTrailOrder(revisions).map(({ name }) => name);

describe('a trail', () => {
  it('has the revisions of a hub by number, whatever their dates say', () => {
    expect(
      names([hub(10, '2026-01-01T00:00:00Z'), hub(2, '2026-03-01T00:00:00Z'), hub(9), hub(0, '1970-01-01T00:00:00Z')]),
    ).toEqual(['0', '2', '9', '10']);
  });

  it('has local ones between by their dates, undated ones first', () => {
    const revisions = [
      local('locals/late', '2026-05-01T00:00:00Z'),
      hub(2, '2026-03-01T00:00:00.500Z'),
      local('locals/between', '2026-03-01T00:00:00Z'),
      hub(1, '2026-02-01T00:00:00Z'),
      local('locals/old'),
    ];
    expect(names(revisions)).toEqual(['locals/old', '1', 'locals/between', '2', 'locals/late']);
  });

  it('of a device without a hub goes by dates alone, numbers too', () => {
    expect(names([local('0', '2026-01-02T00:00:00Z'), local('locals/a', '2026-01-01T00:00:00Z'), local('5')])).toEqual([
      '5',
      'locals/a',
      '0',
    ]);
  });
});
