import { expect, test } from 'vitest';
import type { RevisionView } from '../../../shared/contract/device.ts';
import { RevisionName } from '../../../shared/state/ids.ts';
import { lostOnFailure } from './lost.ts';

function revision(name: string, status: string, running = false): RevisionView {
  return {
    revision: RevisionName.parse(name),
    message: '',
    status,
    running,
    checkpoint: status === 'DONE',
    stateKnown: true,
    onHub: false,
  };
}

const revisions = [
  revision('17', 'UPDATED', true),
  revision('16', 'UPDATED'),
  revision('15', 'ERROR'),
  revision('14', 'DONE'),
  revision('13', 'UPDATED'),
];

test('Stable revisions since the checkpoint are lost, failed ones never counted', () => {
  expect(lostOnFailure({ revisions, older: false }, '14', '17')).toEqual(['16', '17']);
});

test('Nothing is lost when the running one is the checkpoint, or when it is not known', () => {
  expect([
    lostOnFailure({ revisions, older: false }, '17', '17'),
    lostOnFailure({ revisions, older: false }, undefined, '17'),
    lostOnFailure({ revisions, older: false }, '14', undefined),
  ]).toEqual([[], [], []]);
});
