import { describe, expect, it } from 'vitest';
import { DeviceId, UpdateId } from '../../shared/contract/ids.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import type { Poll } from '../fleet/observed.ts';
import type { UpdateJournal } from '../storage/updates.ts';
import { heed } from './follow.ts';
import { outcomeOf } from './outcome.ts';

const revision = RevisionName.parse('locals/web-2');
const base = RevisionName.parse('locals/base');
const journal: UpdateJournal = {
  id: UpdateId.parse('u'),
  deviceId: DeviceId.parse('d'),
  kind: 'post',
  via: 'lan',
  revision,
  message: 'm',
  from: base,
  phase: 'moving',
  startedAt: 0,
  postedAt: 1000,
  accepted: true,
  postTried: true,
  runTried: true,
  rebootSeen: false,
  changeSeen: false,
  containersBefore: ['core', 'web'],
  seenMoving: [],
  linkLost: false,
  rollbackTo: base,
  lostOnFailure: [],
  forecast: { kind: 'move', transition: 'non-reboot', restarts: ['web'], starts: [], stops: [], checkpoint: false, reasons: [] },
};
const container = (name: string, status: string) => ({ name, status, roles: [] });
const says = (at: number, status: string, more: Partial<Poll> = {}): Poll => ({
  at,
  running: base,
  focus: { revision, progress: { status, message: `${status} message` } },
  ...more,
});
const silence: Poll = { at: 3000 };

function follow(start: UpdateJournal, polls: readonly Poll[]) {
  let current = start;
  const reports = [];
  let ended = false;
  for (const poll of polls) {
    const heeded = heed(current, reports.at(-1), poll, undefined);
    current = heeded.journal;
    if (heeded.report) reports.push(heeded.report);
    ended ||= heeded.ended;
  }
  return { journal: current, reports, ended };
}

describe('an update on its way', () => {
  it('keeps each report once, notes silence, and ends with a final status', () => {
    const followed = follow(journal, [
      says(1000, 'NEW'),
      says(2000, 'NEW'),
      silence,
      says(4000, 'TESTING', { containers: [container('core', 'STARTED'), container('web', 'STARTING')] }),
      says(5000, 'UPDATED', { running: revision }),
    ]);
    expect(followed.reports.map((report) => report.status)).toEqual(['NEW', 'TESTING', 'UPDATED']);
    expect(followed.journal).toMatchObject({ linkLost: true, seenMoving: ['web'], heardAt: 5000 });
    expect(followed.journal.silentSince).toBeUndefined();
    expect(followed.ended).toBe(true);
    expect(outcomeOf(followed.journal, followed.reports, revision)).toEqual({
      result: 'updated',
      runningNow: revision,
      lost: [],
      rebooted: false,
      verdict: [
        { what: 'Transition', forecast: 'non-reboot', actual: 'non-reboot', agrees: 'yes' },
        { what: 'Restarted', forecast: 'web', actual: 'web', agrees: 'yes' },
        { what: 'End', forecast: 'UPDATED', actual: 'UPDATED', agrees: 'yes' },
      ],
    });
  });

  it('says where a failure led, and which revisions were lost by it', () => {
    const losing = { ...journal, lostOnFailure: ['locals/web-1'] };
    const { journal: after, reports } = follow(losing, [says(1000, 'TESTING'), silence, says(9000, 'ERROR')]);
    expect(outcomeOf(after, reports, base)).toMatchObject({
      result: 'failed',
      rolledBackTo: base,
      lost: ['locals/web-1'],
    });
  });

  it('does not take the old end of a revision that is run again for its new one', () => {
    const again = { ...journal, kind: 'run' as const, progressBefore: { status: 'ERROR', message: 'ERROR message' } };
    expect(follow(again, [says(1500, 'ERROR')]).ended).toBe(false);
    expect(follow(again, [says(1500, 'ERROR'), says(2000, 'TESTING'), says(3000, 'ERROR')]).ended).toBe(true);
  });

  it('takes a factory revision, whose status never changes, for reached when it runs', () => {
    const factory = { ...journal, kind: 'run' as const, progressBefore: { status: 'DONE', message: 'DONE message' } };
    expect(follow(factory, [says(1500, 'DONE')]).ended).toBe(false);
    expect(follow(factory, [says(1500, 'DONE', { running: revision })]).ended).toBe(true);
  });

  it('waits for the device to come back from a reboot', () => {
    const reboot = { ...journal, kind: 'reboot' as const, progressBefore: { status: 'UPDATED', message: 'UPDATED message' } };
    expect(follow(reboot, [says(1500, 'UPDATED')]).ended).toBe(false);
    expect(follow(reboot, [says(1500, 'UPDATED'), silence, says(3500, 'TESTING'), says(5000, 'DONE')]).ended).toBe(true);
  });

  it('recognises a posted state where the device tells no progress', () => {
    const poll: Poll = { at: 2000, runningText: '{"new":1}' };
    expect(heed(journal, undefined, poll, '{"new":1}').ended).toBe(true);
    expect(heed(journal, undefined, poll, '{"other":1}').ended).toBe(false);
  });

  it('does not deny a restart that was quicker than the polls', () => {
    const { journal: after, reports } = follow(journal, [says(1000, 'TESTING'), says(2000, 'UPDATED', { running: revision })]);
    expect(outcomeOf(after, reports, revision).verdict[1]).toMatchObject({ what: 'Restarted', agrees: 'not-observed' });
  });
});

it('behind a hub a reboot is known by the device’s own words, and left open without them', () => {
  const report = (heardAt: number, status: string, message: string) => ({ heardAt, status, message });
  const onHub: UpdateJournal = { ...journal, via: 'hub', heardAt: 9000 };
  const done = report(9000, 'DONE', 'Update finished, revision set as rollback point');
  expect(outcomeOf(onHub, [report(2000, 'INPROGRESS', 'Rebooting'), done], revision).rebooted).toBe(true);
  expect(outcomeOf(onHub, [done], revision).rebooted).toBeUndefined();
  const updated = report(9000, 'UPDATED', 'Update finished, revision not set as rollback point');
  expect(outcomeOf({ ...onHub, rebootSeen: true }, [updated], revision).rebooted).toBe(false);
});
