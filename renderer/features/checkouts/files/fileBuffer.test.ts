import { expect, test } from 'vitest';
import { stateOf, typed } from './fileBuffer.ts';

const disk = { mark: '1', text: 'a' };
const typing = { text: 'ab', base: disk };

test('what is typed waits until it is saved, and is gone when it is the file again', () => {
  expect(typed(undefined, disk, 'ab')).toEqual(typing);
  expect(typed(typing, disk, 'a')).toBeUndefined();
  expect(stateOf(typing, disk)).toEqual({ kind: 'dirty', mark: '1' });
  expect(stateOf(typing, undefined)).toEqual({ kind: 'dirty', mark: '1' });
  expect(stateOf(undefined, disk)).toEqual({ kind: 'clean' });
});

test('a file that was written outside is a conflict, unless both agree', () => {
  expect(stateOf(typing, { mark: '2', text: 'c' })).toEqual({ kind: 'conflict', theirs: 'c', mark: '2' });
  expect(stateOf(typing, 'gone')).toEqual({ kind: 'conflict', theirs: undefined, mark: undefined });
  expect(stateOf(typing, { mark: '2', text: 'ab' })).toEqual({ kind: 'clean' });
});

test('a file that was only touched is saved over with its new mark', () => {
  expect(stateOf(typing, { mark: '2', text: 'a' })).toEqual({ kind: 'dirty', mark: '2' });
});
