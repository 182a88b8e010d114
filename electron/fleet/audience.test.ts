import { expect, test } from 'vitest';
import { Audience } from './audience.ts';

test('Somebody looks until the last window went, however often one says that it goes', () => {
  const audience = new Audience();
  const told: boolean[] = [];
  audience.changes.add(() => told.push(audience.isLooking));
  const first = audience.join();
  const second = audience.join();
  first();
  first();
  expect(audience.isLooking).toBe(true);
  second();
  expect(told).toEqual([true, false]);
});
