import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../../shared/contract/logs.ts';
import { openBook, reopened, withNewer, withOlder } from './logBook.ts';

const line = (n: number): LogEntry => ({ id: `${n}`, at: n * 10, level: 'INFO', text: `line ${n}` });
/** From `from` to `to`, oldest first. */
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
const page = (from: number, to: number, older?: string) => ({ entries: lines(from, to).toReversed(), older });
const ids = (entries: readonly LogEntry[]) => entries.map(({ id }) => Number(id));

test('A book begins with the newest page, oldest first', () => {
  const book = openBook(page(8, 10, 'c'));
  expect([ids(book.entries), book.older, book.reachesNow]).toEqual([[8, 9, 10], { kind: 'cursor', cursor: 'c' }, true]);
});

test('Older and newer lines join without a line twice, where pages and bunches overlap', () => {
  const book = withNewer(withOlder(openBook(page(8, 10, 'c')), page(5, 8)), lines(10, 12), 7);
  expect([ids(book.entries), book.older, book.heardAt]).toEqual([[5, 6, 7, 8, 9, 10, 11, 12], undefined, 7]);
});

test('Too many newer lines let the oldest go, which can be read again from where they were', () => {
  const book = withNewer(openBook(page(1, 3)), lines(4, 6), 0, 4);
  expect([ids(book.entries), book.older, book.reachesNow]).toEqual([[3, 4, 5, 6], { kind: 'before', at: 30 }, true]);
});

test('Too many older lines let the newest go: then nothing is put behind a gap', () => {
  const book = withOlder(openBook(page(4, 6, 'c')), page(1, 3, 'd'), 4);
  expect([ids(book.entries), book.reachesNow]).toEqual([[1, 2, 3, 4], false]);
  expect(ids(withNewer(book, lines(7, 8), 9).entries)).toEqual([1, 2, 3, 4]);
});

test('After a lost line the page joins what it touches, and stands alone where it does not', () => {
  expect(ids(reopened(openBook(page(1, 5)), page(4, 8)).entries)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(ids(reopened(openBook(page(1, 5)), page(9, 10)).entries)).toEqual([9, 10]);
  expect(ids(reopened(undefined, page(9, 10)).entries)).toEqual([9, 10]);
});

test('Whatever comes in which order: never more than the most, always a run without a gap or a line twice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ older: fc.boolean(), count: fc.integer({ min: 0, max: 6 }) }), { maxLength: 30 }),
      (steps) => {
        let book = openBook(page(1000, 1004, 'c'));
        let newest = 1004;
        for (const { older, count } of steps) {
          const first = Number(book.entries[0]?.id);
          if (older) book = withOlder(book, page(first - count, first, 'c'), 10);
          else {
            book = withNewer(book, lines(newest, newest + count), 1, 10);
            newest += count;
          }
        }
        const kept = ids(book.entries);
        expect(kept.length).toBeLessThanOrEqual(10);
        expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => (kept[0] ?? 0) + index));
        if (book.reachesNow) expect(kept.at(-1)).toBe(newest);
      },
    ),
  );
});
