import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedRows } from './sortedRows.ts';

interface Row {
  readonly id: string;
  readonly value: string | number | undefined;
}

const keyOf = (row: Row) => row.id;
const by = (row: Row) => row.value;
const value = fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined });
const rowsOf = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-h]{1,2}$/), value }), { selector: keyOf, maxLength: 30 });

test('An order that begins from the one before is the order that sorting anew gives', () => {
  fc.assert(
    fc.property(rowsOf, fc.array(fc.tuple(fc.nat(29), value), { maxLength: 10 }), fc.boolean(), (rows, changes, desc) => {
      const sort = { by, desc };
      const before = sortedRows(rows, keyOf, sort);
      const after = rows.map((row, index) => {
        const change = changes.find(([place]) => place === index);
        return change === undefined ? row : { ...row, value: change[1] };
      });
      const fewer = after.filter((_, index) => index % 7 !== 3);
      expect(sortedRows(fewer, keyOf, sort, before).rows).toEqual(sortedRows(fewer, keyOf, sort).rows);
      const narrow = sortedRows(
        after.filter((_, index) => index % 3 === 0),
        keyOf,
        sort,
        before,
      );
      for (const earlier of [sortedRows(fewer, keyOf, sort), narrow]) {
        expect(sortedRows(after, keyOf, sort, earlier).rows).toEqual(sortedRows(after, keyOf, sort).rows);
      }
    }),
  );
});

test('A row that changed and did not move is shown as it is now', () => {
  const sort = { by, desc: false };
  const before = sortedRows<Row & { note?: string }>([{ id: 'a', value: 1 }], keyOf, sort);
  expect(sortedRows([{ id: 'a', value: 1, note: 'new' }], keyOf, sort, before).rows).toEqual([
    { id: 'a', value: 1, note: 'new' },
  ]);
});

test('Without a sort rows stay as they came; turning the order round is no continuation of it', () => {
  const rows = [
    { id: 'b', value: 2 },
    { id: 'a', value: 1 },
  ];
  const up = sortedRows(rows, keyOf, { by, desc: false });
  expect(sortedRows(rows, keyOf, undefined).rows).toEqual(rows);
  expect(up.rows.map(keyOf)).toEqual(['a', 'b']);
  expect(sortedRows(rows, keyOf, { by, desc: true }, up).rows.map(keyOf)).toEqual(['b', 'a']);
});

test('The order of all is kept while a filter leaves rows out, until they are back', () => {
  const rows = Array.from({ length: 100 }, (_, index): Row => ({ id: `${index}`, value: (index * 37) % 100 }));
  const sort = { by, desc: false };
  const all = sortedRows(rows, keyOf, sort);
  const few = sortedRows(rows.slice(0, 10), keyOf, sort, all);
  const fewer = sortedRows(rows.slice(0, 5), keyOf, sort, few);
  const back = sortedRows(rows, keyOf, sort, fewer);
  expect([few.wider, fewer.wider, back.wider]).toEqual([all, all, undefined]);
  expect(back.rows).toEqual(all.rows);
  expect(sortedRows(rows.slice(0, 5), keyOf, { by: keyOf, desc: false }, fewer).wider).toBeUndefined();
});
