import { expect, test } from 'vitest';
import { markedAfterToggle, markedRange } from './tableMarks.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];
const text = (marked: ReadonlySet<string>) => [...marked].sort().join('');

test('A range grows and shrinks from its anchor, and leaves alone what was marked before', () => {
  const anchor = { key: 'b', base: new Set(['e']) };
  expect(['d', 'c', 'a', 'gone'].map((to) => text(markedRange(keys, anchor, to)))).toEqual(['bcde', 'bce', 'abe', 'e']);
  expect(text(markedRange(keys, { key: 'gone', base: new Set() }, 'c'))).toBe('c');
});

test('The first mark beside a selected row takes that one in too', () => {
  expect([
    text(markedAfterToggle(new Set(), 'b', 'a')),
    text(markedAfterToggle(new Set(), 'a', 'a')),
    text(markedAfterToggle(new Set(['a', 'b']), 'b', 'a')),
    text(markedAfterToggle(new Set(['a']), 'c')),
  ]).toEqual(['ab', 'a', 'a', 'ac']);
});
