import { expect, test } from 'vitest';
import { distinctReports, downloadedIn } from './downloads.ts';

const report = (heardAt: number, status: string, done?: number) => ({
  heardAt,
  status,
  message: '',
  ...(done === undefined ? {} : { downloads: { total: 100, done } }),
});

test('The bytes of a download are those that were told last, also after they were reset', () => {
  expect(
    downloadedIn([
      report(0, 'DOWNLOADING'),
      report(1000, 'DOWNLOADING', 10),
      report(5000, 'DOWNLOADING', 90),
      report(6000, 'DOWNLOADING'),
    ]),
  ).toEqual({
    total: 100,
    done: 90,
    ms: 4000,
  });
  expect(downloadedIn([report(0, 'NEW')])).toBeUndefined();
});

test('Reports that differ in bytes alone are one, heard when the first was', () => {
  expect(
    distinctReports([report(0, 'NEW'), report(1, 'DOWNLOADING', 1), report(2, 'DOWNLOADING', 50), report(3, 'NEW')]),
  ).toEqual([report(0, 'NEW'), report(1, 'DOWNLOADING', 50), report(3, 'NEW')]);
});
