import { expect, test } from 'vitest';
import { UpdateView } from '../../../shared/contract/update.ts';
import { stepsOf } from './steps.ts';

const start = 1_000_000;

function update(change: Record<string, unknown>): UpdateView {
  return UpdateView.parse({
    id: 'u1',
    deviceId: 'd1',
    kind: 'post',
    via: 'lan',
    revision: 'locals/x',
    message: '',
    phase: 'moving',
    startedAt: start,
    reports: [],
    ...change,
  });
}

function report(seconds: number, status: string, message = '') {
  return { heardAt: start + seconds * 1000, status, message };
}

function shown(view: UpdateView): readonly string[] {
  return stepsOf(view).map((step) => {
    const ms = step.at === undefined || step.until === undefined ? '' : ` ${(step.until - step.at) / 1000}s`;
    return `${step.kind === 'reported' ? `${step.status}×${step.reports.length}` : step.kind} ${step.state}${ms}`;
  });
}

const upload = { objects: 2, objectsDone: 2, bytes: 10, bytesDone: 10, startedAt: start, endedAt: start + 4000 };

test('while bytes go up, what is ahead is not dressed up', () => {
  expect(shown(update({ phase: 'uploading', upload: { ...upload, objectsDone: 0, bytesDone: 3, endedAt: undefined } }))).toEqual([
    'upload current',
    'post ahead',
    'end ahead',
  ]);
  expect(shown(update({ phase: 'posting', upload }))).toEqual(['upload done 4s', 'post current', 'end ahead']);
});

test('after the post and before the first report there is nothing but waiting', () => {
  expect(shown(update({ upload, postedAt: start + 5000 }))).toEqual([
    'upload done 4s',
    'post done 1s',
    'wait current',
    'end ahead',
  ]);
});

test('the steps of a non-reboot update as a device reported it', () => {
  const reports = [
    report(5, 'NEW', 'Update ready to be run'),
    report(18, 'INPROGRESS', 'Trying new revision'),
    report(19, 'TESTING', 'Awaiting to see if update is stable'),
    report(25, 'TESTING', 'Waiting for all containers to become stable'),
  ];
  expect(shown(update({ upload, postedAt: start + 5000, reports }))).toEqual([
    'upload done 4s',
    'post done 1s',
    'NEW×1 done 13s',
    'INPROGRESS×1 done 1s',
    'TESTING×2 current',
    'end ahead',
  ]);
  const over = update({
    upload,
    postedAt: start + 5000,
    phase: 'ended',
    endedAt: start + 53_000,
    reports: [...reports, report(53, 'UPDATED', 'Update finished, revision not set as rollback point')],
    outcome: { result: 'updated', lost: [], verdict: [] },
  });
  expect(shown(over).slice(-2)).toEqual(['TESTING×2 done 34s', 'end done']);
});

test('a status that comes again after a power cut is a step of its own', () => {
  const reports = ['INPROGRESS', 'TESTING', 'INPROGRESS', 'TESTING'].map((status, index) => report(index, status));
  expect(shown(update({ kind: 'run', reports })).slice(1, -1)).toEqual([
    'INPROGRESS×1 done 1s',
    'TESTING×1 done 1s',
    'INPROGRESS×1 done 1s',
    'TESTING×1 current',
  ]);
});

test('interrupted, cancelled and failed uploads say so', () => {
  const half = { ...upload, objectsDone: 1, endedAt: undefined };
  expect(shown(update({ phase: 'interrupted', upload: half }))[0]).toBe('upload paused');
  expect(shown(update({ phase: 'cancelled', upload: half }))).toEqual(['upload failed', 'post ahead', 'end failed']);
  expect(shown(update({ phase: 'ended', upload, outcome: { result: 'failed', lost: [], verdict: [] } }))).toEqual([
    'upload done 4s',
    'post failed',
    'end failed',
  ]);
});

test('a final status from before, still heard after the order, does not end the update', () => {
  expect(shown(update({ kind: 'run', reports: [report(0, 'DONE')] }))).toEqual(['order done 0s', 'DONE×1 current', 'end ahead']);
});
