import { expect, test } from 'vitest';
import { newer } from './versions.ts';

test('an older view that comes late does not replace a newer one', () => {
  const one = { id: 'd', version: 4 };
  expect(newer(one, { id: 'd', version: 3 })).toBe(one);
  expect(newer(one, { id: 'd', version: 5 }).version).toBe(5);
  expect(newer(one, { id: 'e', version: 1 }).id).toBe('e');
  expect(newer(undefined, one)).toBe(one);
  expect(newer(one, undefined)).toBe(one);
});
