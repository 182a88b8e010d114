import { expect, test } from 'vitest';
import { unsafeKey, unsafeKeys } from './key-safety.ts';

test.each([
  '',
  '/etc/passwd',
  '../x',
  'a/../x',
  'a//b',
  './a',
  'a/',
  '.pvr/json',
  '.PVR/json',
  '.pv/x',
  'a\u0000',
  '\ud800',
  'a/'.repeat(300_000),
])('a key that leads elsewhere, or that no file can have, is found: %#', (key) => {
  expect(unsafeKey(key)).toMatch(/\.$/);
});

test.each(['a', 'web/run.json', '.hidden/x', '.pvrx/y', 'a/.pvr/x', 'ä/😀.json'])('a sound key: %s', (key) => {
  expect(unsafeKey(key)).toBeUndefined();
});

test('a file can not be where another key needs a folder', () => {
  expect(unsafeKeys(['a/b', 'a/c', 'd'])).toBeUndefined();
  expect(unsafeKeys(['a/b/c', 'a/b'])).toContain('a file and a folder at once');
});
