import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from './explain.ts';
import { Progress } from './report.ts';
import { silence } from './silence.ts';

const documented: Readonly<Record<string, readonly string[]>> = {
  NEW: ['Update not yet installed', 'Update ready to be run'],
  QUEUED: ['Retried 2 of 10', 'Downloading update metadata, retry 1 of 10', 'Retry 1 of 3'],
  DOWNLOADING: ['Downloading update artifacts, retry 2 of 10', 'Retry 1 of 3'],
  INPROGRESS: [
    'Update applied',
    'Rebooting',
    'Trying new revision',
    'Transitioning to new revision without rebooting',
    'Update objects downloaded',
    'Update installed',
    'Starting updated version',
  ],
  TESTING: [
    'Awaiting to set rollback point if update is stable',
    'Awaiting to see if update is stable',
    'Waiting for all containers to become stable',
  ],
  UPDATED: ['Update finished, revision not set as rollback point'],
  DONE: ['Update finished, revision set as rollback point', 'Factory revision'],
  WONTGO: [
    'Update aborted',
    'Max update processing retries reached',
    'Max download update retries reached',
    'Max download retries reached',
    'State JSON not found',
    'State JSON has bad format',
    'State not fully covered by signatures',
    'Signature validation failed',
    'Space required 123 B, available 45 B',
    'Internal error',
  ],
  ERROR: [
    'Object validation went wrong',
    'Hub not reachable',
    'Hub communication not stable',
    'Stale revision',
    'Status goal not reached',
    'A container could not be started',
    'Unexpected rollback',
    'State not fully covered by signatures',
    'Signature validation failed',
    'Internal error',
  ],
  CANCEL: ['Cancel as requested by owner'],
  CANCELLED: ['Cancel as requested by owner'],
  CANCELED: [''],
  SYNCING: [''],
};

describe('explain', () => {
  const pairs = Object.entries(documented).flatMap(([status, messages]) => messages.map((message) => ({ status, message })));

  test.each(pairs)('$status $message', ({ status, message }) => {
    const told = explain(status, message);
    expect(told).toMatchObject({ status, known: true });
    expect(told.meaning).toMatch(/^[A-Z].*\.$/);
    expect(told.title).not.toBe(message === 'Rebooting' || message === 'Internal error' ? '' : status);
  });

  test.each([
    ['DONE', 'checkpoint'],
    ['UPDATED', 'stable'],
    ['WONTGO', 'refused'],
    ['ERROR', 'failed'],
    ['CANCEL', 'cancelled'],
  ])('%s is an end: %s', (status, outcome) => {
    expect(explain(status, '')).toMatchObject({ stage: 'end', final: true, outcome });
  });

  test('numbers are taken over', () => {
    expect(explain('WONTGO', 'Space required 123 B, available 45 B').meaning).toContain(
      'needs 123 bytes and the device has 45 free',
    );
    expect(explain('QUEUED', 'Retried 2 of 10').meaning).toContain('attempt 2 of 10');
  });

  test('a message that is not known is shown verbatim with what its status means', () => {
    expect(explain('ERROR', 'Frobnication failed')).toMatchObject({
      title: 'Frobnication failed',
      meaning: 'The revision failed, and the device went back to its last checkpoint.',
      known: false,
      outcome: 'failed',
    });
  });

  test('a status that is not known is shown verbatim and ends nothing', () => {
    expect(explain('PONDERING', 'deeply')).toEqual({
      status: 'other',
      stage: 'unknown',
      title: 'PONDERING',
      meaning: 'deeply',
      final: false,
      outcome: 'none',
      known: false,
    });
  });

  test('no report at all', () => {
    expect(explain('', '')).toMatchObject({ status: 'missing', stage: 'unknown', final: false, known: true });
  });
});

describe('Progress', () => {
  test.each([
    [{}, { status: '', message: '' }],
    [
      { status: 'NEW', 'status-msg': null, progress: '0', retries: '3' },
      { status: 'NEW', message: '', retries: 3 },
    ],
    [
      { status: 5, 'status-msg': ['x'], retries: {} },
      { status: '', message: '' },
    ],
    [
      { status: 'DOWNLOADING', downloads: { total: { object_name: 'total', total_size: '1000', total_downloaded: 10 } } },
      { status: 'DOWNLOADING', message: '', downloads: { total: 1000, done: 10 } },
    ],
    [
      { status: 'DONE', downloads: { total: { total_size: 0, total_downloaded: 0 }, objects: null } },
      { status: 'DONE', message: '' },
    ],
    [
      { status: 'ERROR', logs: 'a\nb', other: 1 },
      { status: 'ERROR', message: '', logs: 'a\nb' },
    ],
    [
      { status: 'ERROR', log: 'from the hub' },
      { status: 'ERROR', message: '', logs: 'from the hub' },
    ],
  ])('%j', (sent, progress) => {
    expect(Progress.parse(sent)).toEqual(progress);
  });

  test('reads any object', () => {
    const sent = fc.dictionary(
      fc.constantFrom('status', 'status-msg', 'retries', 'downloads', 'logs', 'log', 'x'),
      fc.jsonValue(),
    );
    fc.assert(fc.property(sent, (value) => Progress.safeParse(value).success));
  });

  test.each([null, [], 'DONE', 3])('refuses %j', (sent) => {
    expect(Progress.safeParse(sent).success).toBe(false);
  });
});

describe('silence', () => {
  test.each([
    [undefined, 5, { kind: 'never-heard' }],
    [1000, 3000, { kind: 'answering', ageMs: 2000 }],
    [1000, 31_000, { kind: 'quiet', ageMs: 30_000, words: expect.stringMatching(/for 30 s: normal/) }],
    [1000, 181_000, { kind: 'long', ageMs: 180_000, words: expect.stringMatching(/for 180 s: longer/) }],
    [5000, 1000, { kind: 'answering', ageMs: 0 }],
  ])('last heard at %s, now %s', (lastHeardAt, now, told) => {
    expect(silence(lastHeardAt, now)).toMatchObject(told);
  });
});
