import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceId, UpdateId } from '../../shared/contract/ids.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { openDatabase } from './database.ts';
import { DeviceStore } from './devices.ts';
import { type RevisionRecord, RevisionStore } from './revisions.ts';
import { UpdateStore } from './updates.ts';

const device = DeviceId.parse('d1');
const name = (text: string) => RevisionName.parse(text);
const onDevice = (revision: string): Omit<RevisionRecord, 'stateHash'> => ({
  name: name(revision),
  date: '2026-01-01T00:00:00Z',
  message: '',
  progress: { status: 'DONE', message: '' },
});
const onHub = (revision: string, more: Partial<RevisionRecord> = {}) => ({
  ...onDevice(revision),
  date: '2025-12-31T00:00:00Z',
  committer: 'ana',
  onHub: true,
  hubOnly: true,
  stateSha: 'a',
  ...more,
});

let dir = '';
let database: ReturnType<typeof openDatabase>['database'];
let revisions: RevisionStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-revisions-'));
  database = openDatabase(dir, () => 1000).database;
  new DeviceStore(database).save({ id: device, name: 'd', connection: null, demo: undefined, addedAt: 1 });
  revisions = new RevisionStore(database);
});
afterEach(() => {
  database.close();
  rmSync(dir, { recursive: true, force: true });
});

const names = () => revisions.timeline(device).map((revision) => revision.name);

describe('a kept timeline', () => {
  it('has who posted a revision and where it is known from', () => {
    revisions.saveTimeline(device, [onHub('3')]);
    expect(revisions.timeline(device)).toMatchObject([{ committer: 'ana', onHub: true, hubOnly: true, stateSha: 'a' }]);
  });

  it('loses what the device does not list any more, and nothing that is on a hub', () => {
    revisions.saveTimeline(device, [onDevice('locals/a'), onDevice('locals/b'), onHub('1', { hubOnly: false }), onHub('2')]);
    revisions.saveTimeline(device, [onDevice('locals/b'), onHub('3')]);
    expect(names()).toEqual(['1', '2', '3', 'locals/b']);
  });

  it('keeps local revisions while only the hub is heard', () => {
    revisions.saveTimeline(device, [onDevice('locals/a')]);
    revisions.saveTimeline(device, [onHub('1')]);
    expect(names()).toEqual(['1', 'locals/a']);
  });

  it('keeps a state as long as the hub names the same one, whatever date each side gives it', () => {
    revisions.saveTimeline(device, [onDevice('1')]);
    revisions.saveState(device, name('1'), '{"first":1}');
    revisions.saveTimeline(device, [onHub('1')]);
    expect(revisions.state(device, name('1'))).toBe('{"first":1}');
    revisions.saveTimeline(device, [onHub('1', { date: '2020-01-01T00:00:00Z' })]);
    expect(revisions.state(device, name('1'))).toBe('{"first":1}');
    revisions.saveTimeline(device, [onHub('1', { stateSha: 'b' })]);
    expect(revisions.state(device, name('1'))).toBeUndefined();
  });
});

it('a journal of before there were hubs went over the local network', () => {
  const updates = new UpdateStore(database);
  const id = UpdateId.parse('u1');
  const journal = {
    id,
    deviceId: device,
    kind: 'post',
    revision: 'locals/x',
    message: '',
    phase: 'moving',
    startedAt: 1,
    accepted: true,
    postTried: true,
    runTried: true,
    rebootSeen: false,
    changeSeen: false,
    lostOnFailure: [],
    containersBefore: [],
    seenMoving: [],
    linkLost: false,
  };
  database.run(
    'INSERT INTO updates (id, device_id, ended, started_at, journal) VALUES (?, ?, 0, 1, ?)',
    id,
    device,
    JSON.stringify(journal),
  );
  expect(updates.get(id)?.via).toBe('lan');
});
