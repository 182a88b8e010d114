import { expect, test } from 'vitest';
import { missesOf, resultFrom, share } from './filtered.ts';

test('a share is never said to be whole while something was otherwise', () => {
  expect([share({ right: 0, wrong: 0 }), share({ right: 3, wrong: 0 }), share({ right: 999, wrong: 1 })]).toEqual([
    undefined,
    '100 %',
    '99 %',
  ]);
});

test('only results that there are filter', () => {
  expect([resultFrom('wrong'), resultFrom('nonsense'), resultFrom(null), resultFrom(undefined)]).toEqual([
    'wrong',
    undefined,
    undefined,
    undefined,
  ]);
});

test('a miss is a line that was otherwise', () => {
  const line = (agrees: 'yes' | 'no' | 'not-observed') => ({ what: agrees, forecast: '', actual: '', agrees });
  expect(missesOf({ lines: [line('yes'), line('no'), line('not-observed')] }).map(({ what }) => what)).toEqual(['no']);
});
