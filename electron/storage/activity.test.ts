import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ActivityLog } from './activity.ts';
import { type Database, openDatabase } from './database.ts';

let folder: string;
let database: Database;
let now = 1000;
let log: ActivityLog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trailboss-activity-'));
  database = openDatabase(folder, () => now).database;
  now = 1000;
  log = new ActivityLog(database, () => now);
});

afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

const pump = { id: 'd1', name: 'pump' };
const door = { id: 'd2', name: 'door 100%' };
const words = (filter: Parameters<ActivityLog['page']>[0]) => log.page(filter, undefined, 100).map(({ what }) => what);

test('all words about one update are one entry, and its result is the last one', () => {
  const update = { id: 'u1', revision: '14' };
  log.record({ what: 'posted 14', result: 'started', device: pump, update });
  log.record({ what: 'added the device', result: 'ok', device: door });
  now = 5000;
  log.record({ what: 'posted 14', result: 'failed', device: pump, update });
  expect(log.latest(10)).toEqual([
    expect.objectContaining({ id: 2, what: 'added the device', kind: 'device' }),
    expect.objectContaining({
      id: 1,
      at: 1000,
      endedAt: 5000,
      kind: 'update',
      result: 'failed',
      updateId: 'u1',
      revision: '14',
      deviceName: 'pump',
    }),
  ]);
});

test('who listens hears of each entry that is new or has changed', () => {
  const heard: number[] = [];
  const stop = log.onChange((id) => heard.push(id));
  const update = { id: 'u1', revision: '14' };
  log.record({ what: 'posted 14', result: 'started', device: pump, update });
  log.record({ what: 'posted 14', result: 'ok', device: pump, update });
  stop();
  log.record({ what: 'added', result: 'ok', device: door });
  expect(heard).toEqual([1, 1]);
});

test('it is filtered by each of its columns, and signs of SQL are none in a text', () => {
  log.record({ what: 'added the device', result: 'ok', device: pump });
  now = 2000;
  log.record({ what: 'posted 14', result: 'failed', device: door, update: { id: 'u1', revision: '14' } });
  now = 3000;
  log.record({ what: 'signed in', result: 'ok' });
  expect([
    words({ text: 'POST' }),
    words({ text: '0%' }),
    words({ text: '_' }),
    words({ text: '14' }),
    words({ deviceId: 'd1' }),
    words({ result: 'failed' }),
    words({ kind: 'account' }),
    words({ from: 2000, until: 3000 }),
    words({ user: 'nobody at all' }),
  ]).toEqual([
    ['posted 14'],
    ['posted 14'],
    [],
    ['posted 14'],
    ['added the device'],
    ['posted 14'],
    ['signed in'],
    ['posted 14'],
    [],
  ]);
  expect([log.count({}), log.count({ kind: 'account' }), log.one(3, { kind: 'device' }), log.one(3, {})?.what]).toEqual([
    3,
    1,
    undefined,
    'signed in',
  ]);
});

test('it is read page by page', () => {
  for (let count = 1; count <= 7; count += 1) log.record({ what: `deed ${count}`, result: 'ok' });
  const first = log.page({}, undefined, 3).map(({ id }) => id);
  const second = log.page({}, first.at(-1), 3).map(({ id }) => id);
  expect([first, second]).toEqual([
    [7, 6, 5],
    [4, 3, 2],
  ]);
});

test('a device is listed once, under its newest name', () => {
  log.record({ what: 'added', result: 'ok', device: pump });
  log.record({ what: 'renamed', result: 'ok', device: { ...pump, name: 'pump two' } });
  expect(log.facets().devices).toEqual([{ id: 'd1', name: 'pump two' }]);
});
