import { expect, test } from 'vitest';
import { labelsOf, rowsOf } from './labelsForm.ts';

test('Labels that are left alone stay as they were', () => {
  const labels = { site: 'lab', 'rack.row': '3', spare: '' };
  expect(labelsOf(rowsOf(labels)).labels).toEqual(labels);
});

test('An empty row is no label; a wrong name and a name given twice are said at their row', () => {
  const rows = [
    { key: 0, name: ' site ', value: ' lab ' },
    { key: 1, name: '', value: '' },
    { key: 2, name: 'a b', value: 'x' },
    { key: 3, name: 'site', value: 'roof' },
    { key: 4, name: '', value: 'no name' },
  ];
  expect([...(labelsOf(rows).errors?.keys() ?? [])]).toEqual([2, 3, 4]);
  expect(labelsOf(rows.slice(0, 2)).labels).toEqual({ site: 'lab' });
});
