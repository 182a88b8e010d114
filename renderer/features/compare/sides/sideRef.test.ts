import { expect, test } from 'vitest';
import { DeviceId, DraftId } from '../../../../shared/contract/ids.ts';
import { draftSide, parseSide, revisionSide } from './sideRef.ts';

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
