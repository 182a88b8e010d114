import { expect, test } from 'vitest';
import { folderNameOf, formOf, originOf } from './originForm.ts';

test('what is missing makes no origin, and an empty revision is what runs', () => {
  const empty = formOf(undefined);
  expect((['device', 'reference', 'export', 'checkout'] as const).map((kind) => originOf({ ...empty, kind }))).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
  expect(originOf({ ...empty, deviceId: 'd' })).toEqual({ kind: 'device', deviceId: 'd', revision: 'current' });
  expect(originOf({ ...empty, kind: 'reference', reference: ' 10.0.0.2#web ' })).toEqual({
    kind: 'reference',
    reference: '10.0.0.2#web',
  });
});

test('an origin is filled in as it was', () => {
  const origin = originOf({ ...formOf(undefined), kind: 'export', path: '/tmp/a.tgz' });
  expect(originOf(formOf(origin))).toEqual(origin);
});

test.each([
  ['https://pvr.pantahub.com/nick/board#web', 'board'],
  ['192.168.1.20', '192.168.1.20'],
  ['nick/dev', 'dev'],
  ['', ''],
])('%j is cloned into the folder %j', (reference, expected) => {
  expect(folderNameOf({ ...formOf(undefined), kind: 'reference', reference }, () => undefined)).toBe(expected);
});

test('what has a name here gives it to the folder, without what a folder is not called', () => {
  expect(folderNameOf(formOf(undefined), () => 'Green house / 3')).toBe('3');
  expect(folderNameOf({ ...formOf(undefined), kind: 'export', path: '/x/board v2.tar.gz' }, () => undefined)).toBe('board-v2');
});
