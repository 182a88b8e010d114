import { describe, expect, test } from 'vitest';
import { checkpointBefore, type TrailRevision } from './checkpoint.ts';
import { type ForecastMove, type ObservedMove, verdict } from './verdict.ts';

describe('verdict', () => {
  const nonReboot: ForecastMove = { transition: 'non-reboot', restarts: ['web', 'db'], starts: [], stops: [], checkpoint: false };
  const reboot: ForecastMove = { transition: 'reboot', restarts: [], starts: [], stops: [], checkpoint: true };
  const nothing: ObservedMove = {
    rebooted: 'unknown',
    containersRestarted: 'unknown',
    containersStarted: 'unknown',
    containersStopped: 'unknown',
    finalStatus: 'unknown',
  };
  const words = (forecast: ForecastMove, observed: Partial<ObservedMove>) =>
    verdict(forecast, { ...nothing, ...observed }).map((line) => `${line.what}: ${line.forecast} / ${line.actual}: ${line.word}`);

  test('a non-reboot update as forecast', () => {
    expect(words(nonReboot, { rebooted: false, containersRestarted: ['db', 'web'], finalStatus: 'UPDATED' })).toEqual([
      'Transition: non-reboot / non-reboot: as forecast',
      'Restarted: db, web / db, web: as forecast',
      'End: UPDATED / UPDATED: as forecast',
    ]);
  });

  test('another container restarted, one started, and it became a checkpoint', () => {
    const observed = { rebooted: false, containersRestarted: ['web'], containersStarted: ['new'], finalStatus: 'DONE' };
    expect(words(nonReboot, observed)).toEqual([
      'Transition: non-reboot / non-reboot: as forecast',
      'Restarted: db, web / web: differs',
      'Started: none / new: differs',
      'End: UPDATED / DONE: differs',
    ]);
  });

  test('what comes and goes is compared where it was forecast', () => {
    const forecast = { ...nonReboot, restarts: [], starts: ['new'], stops: ['old'] };
    expect(words(forecast, { rebooted: false, containersRestarted: [], containersStarted: ['new'] })).toEqual([
      'Transition: non-reboot / non-reboot: as forecast',
      'Restarted: none / none: as forecast',
      'Started: new / new: as forecast',
      'Stopped: old / not observed: not observed',
      'End: UPDATED / not observed: not observed',
    ]);
  });

  test('a reboot restarts everything: containers are no line', () => {
    expect(words(reboot, { rebooted: true, containersRestarted: ['web'], finalStatus: 'DONE' })).toEqual([
      'Transition: reboot / reboot: as forecast',
      'End: DONE / DONE: as forecast',
    ]);
  });

  test('nothing observed is no agreement', () => {
    expect(verdict(reboot, nothing).map(({ agrees }) => agrees)).toEqual(['not-observed', 'not-observed']);
  });

  test.each([
    ['ERROR', 'rolled back'],
    ['WONTGO', 'refused before it began'],
    ['CANCEL', 'cancelled before it began'],
  ])('%s: only the end can be compared, because the reboot was the rollback', (finalStatus, actual) => {
    expect(words(nonReboot, { rebooted: true, finalStatus })).toEqual([
      `Transition: non-reboot / ${actual}: not observed`,
      `End: UPDATED / ${finalStatus}: differs`,
    ]);
  });
});

describe('checkpointBefore', () => {
  test('the last DONE revision, and the UPDATED ones since then are lost', () => {
    const trail = [
      on('0', 'DONE', 0),
      on('a', 'DONE', 1),
      on('b', 'UPDATED', 2),
      on('bad', 'ERROR', 3),
      running(on('c', 'UPDATED', 4)),
    ];
    expect(checkpointBefore(trail)).toEqual({ kind: 'known', to: 'a', lost: ['b', 'c'], certain: false });
  });

  test('a running DONE revision is the checkpoint itself', () => {
    const trail = [running(on('a', 'DONE', 1)), on('b', 'DONE', 2), on('c', 'UPDATED', 3)];
    expect(checkpointBefore(trail)).toEqual({ kind: 'known', to: 'a', lost: [], certain: true });
  });

  test('who became DONE last counts, not who was stored last', () => {
    const trail = [{ ...on('a', 'DONE', 1), doneAt: 9 }, { ...on('b', 'DONE', 5), doneAt: 6 }, running(on('c', 'UPDATED', 10))];
    expect(checkpointBefore(trail)).toEqual({ kind: 'known', to: 'a', lost: ['c'], certain: true });
  });

  test('going back to an older revision without a reboot loses that one', () => {
    const trail = [on('0', 'DONE', 0), running(on('a', 'UPDATED', 1)), on('b', 'DONE', 2)];
    expect(checkpointBefore(trail)).toMatchObject({ to: 'b', lost: ['a'] });
  });

  test('an update on its way is not lost, it is what would fail', () => {
    expect(checkpointBefore([on('0', 'DONE', 0), running(on('a', 'TESTING', 1))])).toMatchObject({ to: '0', lost: [] });
  });

  test.each([
    [[on('a', 'DONE', 1)], /which revision runs/],
    [[running(on('a', 'UPDATED', 1))], /No revision of this device/],
  ])('unknown', (trail, reason) => {
    expect(checkpointBefore(trail)).toEqual({ kind: 'unknown', reason: expect.stringMatching(reason) });
  });

  function on(name: string, status: string, movedAt: number): TrailRevision {
    return { name, status, running: false, movedAt };
  }

  function running(revision: TrailRevision): TrailRevision {
    return { ...revision, running: true };
  }
});
