import { expect, test } from 'vitest';
import { DeviceId, UpdateId } from '../../../shared/contract/ids.ts';
import { RevisionName } from '../../../shared/state/ids.ts';
import { type AlertsKnown, type ListedUpdate, newAlerts } from './updateAlerts.ts';

const moving: ListedUpdate = {
  id: UpdateId.parse('u1'),
  deviceId: DeviceId.parse('d1'),
  kind: 'post',
  revision: RevisionName.parse('14'),
  phase: 'moving',
};
const stalled: ListedUpdate = { ...moving, stalled: { stage: 'DOWNLOADING', since: 1, usual: 5 } };
const ended = (result: NonNullable<ListedUpdate['outcome']>['result']): ListedUpdate => ({
  ...moving,
  phase: 'ended',
  outcome: { result, lost: [], verdict: [] },
});

/** What is said at each look. */
function said(looks: readonly (readonly ListedUpdate[])[]): readonly (readonly string[])[] {
  let known: AlertsKnown | undefined;
  return looks.map((updates) => {
    const { known: next, alerts } = newAlerts(known, updates);
    known = next;
    return alerts.map(({ kind }) => kind);
  });
}

test('Each trouble is told once, and again when it comes back', () => {
  expect(said([[moving], [stalled], [stalled], [moving], [stalled], [ended('failed')], [ended('failed')]])).toEqual([
    [],
    ['stalled'],
    [],
    [],
    ['stalled'],
    ['failed'],
    [],
  ]);
});

test('What was over before anybody looked is no news; what is stuck then is', () => {
  expect(said([[ended('failed')], [ended('failed')]])).toEqual([[], []]);
  expect(said([[stalled]])).toEqual([['stalled']]);
});

test('Good ends and those that the person chose are not told', () => {
  expect(said([[], [ended('done')]])).toEqual([[], []]);
  expect(said([[], [{ ...stalled, phase: 'cancelled' }]])).toEqual([[], []]);
  expect(said([[], [{ ...moving, phase: 'interrupted' }]])).toEqual([[], []]);
});
