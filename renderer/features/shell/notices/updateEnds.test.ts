import { expect, test } from 'vitest';
import { DeviceId, UpdateId } from '../../../../shared/contract/ids.ts';
import { RevisionName } from '../../../../shared/state/ids.ts';
import { type EndingUpdate, newEnds, wordsOfEnd } from './updateEnds.ts';

function update(id: string, more: Partial<EndingUpdate> = {}): EndingUpdate {
  return {
    id: UpdateId.parse(id),
    deviceId: DeviceId.parse('d'),
    kind: 'post',
    revision: RevisionName.parse('14'),
    phase: 'moving',
    ...more,
  };
}

const outcome = (result: NonNullable<EndingUpdate['outcome']>['result'], more = {}) => ({
  result,
  lost: [],
  verdict: [],
  ...more,
});

test('an end is told once, and not when it was over at the first look', () => {
  const first = newEnds(undefined, [update('a', { phase: 'ended' }), update('b')]);
  const second = newEnds(first.known, [update('a', { phase: 'ended' }), update('b', { phase: 'ended' })]);
  const third = newEnds(second.known, [update('a', { phase: 'ended' }), update('b', { phase: 'ended' })]);
  expect([first, second, third].map(({ ends }) => ends.map(({ id }) => id))).toEqual([[], ['b'], []]);
});

test('it says how the update ended, and where the device went', () => {
  const words = (of: Partial<EndingUpdate>) => {
    const { title, body } = wordsOfEnd(update('a', { phase: 'ended', ...of }), 'pump');
    return `${title} | ${body}`;
  };
  expect([
    words({ outcome: outcome('done') }),
    words({ outcome: outcome('updated') }),
    words({ outcome: outcome('failed', { rolledBackTo: '12' }) }),
    words({ outcome: outcome('rebooted', { runningNow: '13' }) }),
    words({}),
  ]).toEqual([
    'pump runs 14 | It is a checkpoint now.',
    'pump runs 14 | It becomes a checkpoint at the next reboot.',
    'pump: revision 14 failed | The device went back to 12.',
    'pump rebooted | It runs 13.',
    'pump: how revision 14 ended is not known | ',
  ]);
});
