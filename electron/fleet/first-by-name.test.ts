import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstByName } from './first-by-name.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

it('are those that sorting all would give', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-cA-C]{0,2}\d{0,2}$/)), fc.integer({ min: 1, max: 6 }), (names, count) => {
      const items = names.map((name, at) => ({ name, at }));
      const sorted = items.toSorted((a, b) => collator.compare(a.name, b.name));
      expect(firstByName(items, ({ name }) => name, count)).toEqual(sorted.slice(0, count));
    }),
  );
});
