import { expect, test } from 'vitest';
import type { ActivityEntry } from '../../../shared/contract/settings.ts';
import { merged, reduceActivity } from './activityView.ts';
import { linesByDay } from './days.ts';
import { activityText } from './exportActivity.ts';
import { everything, filterOf } from './filters.ts';

const now = new Date(2026, 4, 20, 15, 30).getTime();
const day = 24 * 3_600_000;

function entry(id: number, more: Partial<ActivityEntry> = {}): ActivityEntry {
  return { id, at: now, user: 'anna', kind: 'update', what: `posted ${id}`, result: 'ok', ...more };
}

test('each day stands once above what was done on it', () => {
  const lines = linesByDay([entry(4), entry(3), entry(2, { at: now - day }), entry(1, { at: now - 9 * day })], now);
  expect(lines.map((line) => (line.kind === 'day' ? line.text : line.entry.id))).toEqual([
    'Today',
    4,
    3,
    'Yesterday',
    2,
    expect.stringContaining('2026'),
    1,
  ]);
});

test('a period begins with its first day', () => {
  const from = (period: 'today' | 'week') => filterOf({ ...everything, period }, now).from;
  expect([from('today'), from('week')]).toEqual([new Date(2026, 4, 20).getTime(), new Date(2026, 4, 14).getTime()]);
  expect(filterOf({ ...everything, text: '  x ' }, now)).toEqual({ text: 'x' });
});

test('news change an entry in its place, and new ones come first', () => {
  const view = reduceActivity(undefined, { newest: true, entries: [entry(2), entry(1, { result: 'started' })], total: 2 });
  const next = reduceActivity(view, { newest: false, entries: [entry(3), entry(1)], total: 3 });
  expect([next.total, next.entries.map(({ id, result }) => `${id} ${result}`)]).toEqual([3, ['3 ok', '2 ok', '1 ok']]);
  expect(merged([entry(1)], []).length).toBe(1);
});

test('CSV quotes what has to be, and begins no formula', () => {
  const text = activityText([entry(1, { what: '=1+1, "x"', deviceName: 'pump\n7', at: 0, endedAt: 1000 })], 'csv');
  expect(text).toBe(
    'time,ended,by,device,kind,what,revision,result\r\n' +
      '1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z,anna,"pump\n7",update,"\'=1+1, ""x""",,ok\r\n',
  );
});

test('JSON holds the same', () => {
  expect(JSON.parse(activityText([entry(1, { at: 0, revision: '14' })], 'json'))).toEqual([
    {
      time: '1970-01-01T00:00:00.000Z',
      ended: '',
      by: 'anna',
      device: '',
      kind: 'update',
      what: 'posted 1',
      revision: '14',
      result: 'ok',
    },
  ]);
});
