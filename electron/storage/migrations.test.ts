import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import { migrations } from './migrations.ts';
import { openProfile } from './profile.ts';

/** The steps of the last shape that had neither series nor histories of drafts. */
const before = 4;

it('a profile of the version before opens with all that was in it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-migrations-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const old = new DatabaseSync(join(dir, 'trailboss.db'));
  for (const step of migrations.slice(0, before)) old.exec(step);
  old.exec(`
    PRAGMA user_version = ${before};
    INSERT INTO devices VALUES ('d', 'web', '{"host":"127.0.0.1","http":{"port":1},"ssh":null}', NULL, 1, NULL);
    INSERT INTO states VALUES ('a', '{"#spec":"pantavisor-service-system@1"}'), ('b', '{"#spec":"pantavisor-service-system@1","x.json":1}');
    INSERT INTO drafts VALUES ('e', 'd', 7, 'locals/base', 'a', 'b', '{"y.json":"{"}', '[]', 1, 2);
    INSERT INTO activity (at, user, device_id, device_name, what, result) VALUES
      (1, 'me', 'd', 'web', 'added the device', 'ok'), (2, 'me', 'd', 'web', 'posted locals/x', 'started'),
      (3, 'me', 'd', 'web', 'posted locals/x', 'ok'), (4, 'me', 'd', 'web', 'asked it to restart db', 'ok'),
      (5, 'me', NULL, NULL, 'signed in', 'ok');
  `);
  old.close();
  const profile = openProfile(dir, () => 9);
  onTestFinished(() => profile.close());
  expect([profile.notices, profile.unreadable, profile.series.all()]).toEqual([[], 0, []]);
  expect(profile.devices.all().map(({ name }) => name)).toEqual(['web']);
  expect(profile.drafts.get(DraftId.parse('e'))).toEqual({
    id: 'e',
    deviceId: 'd',
    version: 7,
    title: '',
    base: { revision: 'locals/base', text: '{"#spec":"pantavisor-service-system@1"}' },
    text: '{"#spec":"pantavisor-service-system@1","x.json":1}',
    unfinished: { 'y.json': '{' },
    objects: [],
    createdAt: 1,
    changedAt: 2,
  });
  expect(profile.activity.latest(9).map(({ kind }) => kind)).toEqual(['account', 'container', 'update', 'update', 'device']);
  const device = { id: DeviceId.parse('d'), name: 'web' };
  for (const result of ['started', 'ok'] as const)
    profile.activity.record({ what: 'posted locals/y', result, device, update: { id: 'u', revision: 'locals/y' } });
  expect(profile.activity.latest(1)).toMatchObject([{ result: 'ok', at: 9, endedAt: 9 }]);
  expect(profile.activity.count({})).toBe(6);
});
