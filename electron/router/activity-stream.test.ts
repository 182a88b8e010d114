import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ActivityLog } from '../storage/activity.ts';
import { openDatabase } from '../storage/database.ts';
import { activityStream } from './activity-stream.ts';

test('it begins with the newest, and goes on with what the filter means and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trailboss-activity-'));
  const { database } = openDatabase(folder, () => 1);
  const log = new ActivityLog(database, () => 1);
  const update = { id: 'u1', revision: '3' };
  log.record({ what: 'posted 3', result: 'started', device: { id: 'd', name: 'pump' }, update });
  const stop = new AbortController();
  const stream = activityStream(log, { kind: 'update' }, stop.signal);
  const first = (await stream.next()).value;
  const next = stream.next();
  log.record({ what: 'signed in', result: 'ok' });
  log.record({ what: 'posted 3', result: 'ok', device: { id: 'd', name: 'pump' }, update });
  const second = (await next).value;
  stop.abort();
  expect([first, second]).toEqual([
    { newest: true, entries: [expect.objectContaining({ id: 1, result: 'started' })], total: 1 },
    { newest: false, entries: [expect.objectContaining({ id: 1, result: 'ok' })], total: 1 },
  ]);
  expect((await stream.next()).done).toBe(true);
  database.close();
  await rm(folder, { recursive: true });
});
