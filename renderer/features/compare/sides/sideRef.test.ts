import { expect, test } from 'vitest';
import { CheckoutId, DeviceId, DraftId } from '../../../../shared/contract/ids.ts';
import { checkoutSide, draftSide, exportSide, lastName, parseSide, revisionSide } from './sideRef.ts';

const home = DeviceId.parse('home');
const other = DeviceId.parse('other');

test('what is written as a side is read again', () => {
  const draftId = DraftId.parse('x');
  expect(
    [revisionSide(home, home, 'locals/a:b'), revisionSide(home, other, 'locals/a:b'), draftSide(draftId), 'current'].map((side) =>
      parseSide(home, side),
    ),
  ).toEqual([
    { kind: 'revision', deviceId: home, revision: 'locals/a:b' },
    { kind: 'revision', deviceId: other, revision: 'locals/a:b' },
    { kind: 'draft', draftId },
    { kind: 'revision', deviceId: home, revision: 'current' },
  ]);
});

test('an address that names nothing is not taken for a revision', () => {
  expect(
    ['', 'draft:', 'device:', 'device:other', 'device:other:', 'device::14'].map((side) => parseSide(home, side).kind),
  ).toEqual(Array.from({ length: 6 }, () => 'unreadable'));
});

test('checkouts and exports are sides with and without a device', () => {
  const id = CheckoutId.parse('c:1');
  const sides = [
    checkoutSide(id, 'working'),
    checkoutSide(id, 'commit'),
    exportSide('C:\\a b.tgz'),
    revisionSide(undefined, other, '3'),
  ];
  const expected = [
    { kind: 'checkout', id, which: 'working' },
    { kind: 'checkout', id, which: 'commit' },
    { kind: 'export', path: 'C:\\a b.tgz' },
    { kind: 'revision', deviceId: other, revision: '3' },
  ];
  expect([home, undefined].map((about) => sides.map((side) => parseSide(about, side)))).toEqual([expected, expected]);
  expect(
    ['3', 'checkout:c', 'checkout:c:', 'checkout::working', 'export:'].map((side) => parseSide(undefined, side).kind),
  ).toEqual(Array.from({ length: 5 }, () => 'unreadable'));
});

test('an export is called by its last name', () => {
  expect(['/tmp/a/b.tgz', 'C:\\x\\y.tar', '/tmp/folder/'].map(lastName)).toEqual(['b.tgz', 'y.tar', 'folder']);
});
