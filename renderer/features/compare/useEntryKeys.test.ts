import { expect, test } from 'vitest';
import { stepOf } from './useEntryKeys.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test('Alt with an arrow steps everywhere, letters only where nobody types', () => {
  expect(stepOf({ ...plain, key: 'ArrowDown', altKey: true }, true)).toBe(1);
  expect(stepOf({ ...plain, key: 'ArrowUp', altKey: true }, false)).toBe(-1);
  expect(stepOf({ ...plain, key: 'j' }, false)).toBe(1);
  expect(stepOf({ ...plain, key: 'k' }, false)).toBe(-1);
  expect(stepOf({ ...plain, key: 'j' }, true)).toBeUndefined();
  expect(stepOf({ ...plain, key: 'k', ctrlKey: true }, false)).toBeUndefined();
  expect(stepOf({ ...plain, key: 'ArrowDown' }, false)).toBeUndefined();
});
