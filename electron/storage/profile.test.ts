import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountId } from '../../shared/contract/hub.ts';
import { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import { RevisionName } from '../../shared/state/ids.ts';
import { openProfile, type Profile } from './profile.ts';

let dir = '';
const open = (): Profile => openProfile(dir, () => 1_000);
const device = {
  id: DeviceId.parse('d1'),
  name: 'greenhouse-03',
  connection: { host: '127.0.0.1', http: { port: 12368 }, ssh: null },
  demo: undefined,
  addedAt: 5,
};
const state = '{"#spec":"pantavisor-service-system@1"}';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-profile-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the profile', () => {
  it('keeps what was stored over a restart, and is readable by its owner only', () => {
    const first = open();
    first.devices.save(device);
    first.revisions.saveState(device.id, RevisionName.parse('locals/a'), state);
    first.close();
    const second = open();
    expect(second.devices.all()).toEqual([device]);
    expect(second.revisions.state(device.id, RevisionName.parse('locals/a'))).toBe(state);
    expect(second.notices).toEqual([]);
    expect(statSync(join(dir, 'keys')).mode & 0o077).toBe(0);
    second.close();
  });

  it('forgets everything that hangs on a removed device', () => {
    const profile = open();
    profile.devices.save(device);
    profile.revisions.saveState(device.id, RevisionName.parse('locals/a'), state);
    profile.drafts.save(draft('x'));
    profile.devices.remove(device.id);
    expect([profile.drafts.all(), profile.revisions.timeline(device.id)]).toEqual([[], []]);
    profile.close();
  });

  it.each([
    [
      'corrupt',
      () =>
        writeFileSync(
          join(dir, 'trailboss.db'),
          'this was never a database, though it is long enough to look like a page'.repeat(99),
        ),
    ],
    ['from a newer version', () => writeNewer(join(dir, 'trailboss.db'))],
  ])('keeps a database that is %s aside, says so, and starts a fresh one', (_name, spoil) => {
    spoil();
    const before = readFileSync(join(dir, 'trailboss.db'));
    const profile = open();
    expect(profile.notices.map((notice) => notice.id)).toEqual(['database-kept-aside']);
    const kept = readdirSync(dir).find((name) => name.startsWith('trailboss.db.kept-')) ?? 'none';
    expect(readFileSync(join(dir, kept))).toEqual(before);
    profile.devices.save(device);
    expect(profile.devices.all()).toHaveLength(1);
    profile.close();
  });

  it('loses nothing when two records turn out to be one device', () => {
    const profile = open();
    const place = { accountId: AccountId.parse('a'), account: 'anna', deviceId: '5f', nick: 'kitchen', public: false };
    const other = { ...device, id: DeviceId.parse('d2'), connection: null, hub: place };
    profile.devices.saveAll([
      { id: device.id, record: device },
      { id: other.id, record: other, facts: { board: 'Pi' } },
    ]);
    profile.drafts.save(draft('x'));
    const names = ['1', '2'].map((name) => RevisionName.parse(name));
    for (const name of names) profile.revisions.saveState(device.id, name, state);
    const step = { date: '2026-01-01T00:00:00Z', message: 'here', progress: undefined };
    profile.revisions.saveTimeline(other.id, [{ ...step, name: RevisionName.parse('2') }]);
    profile.activity.record({ what: 'added', result: 'ok', device });
    const survivor = { ...other, connection: device.connection };
    profile.devices.merge(device.id, survivor, { board: 'Pi', mode: 'remote' });
    expect(profile.devices.all()).toEqual([survivor]);
    expect(profile.devices.facts(other.id)).toEqual({ board: 'Pi', mode: 'remote' });
    expect(profile.drafts.all().map(({ deviceId }) => deviceId)).toEqual([other.id]);
    expect(names.map((name) => profile.revisions.state(other.id, name))).toEqual([state, state]);
    expect(profile.revisions.timeline(other.id).find(({ name }) => name === '2')?.message).toBe('here');
    expect(profile.activity.latest(1)[0]?.deviceId).toBe(other.id);
    expect([profile.devices.hasWork(other.id), profile.devices.hasWork(device.id)]).toEqual([true, false]);
    profile.close();
  });

  it('reads a state anew when the device overwrote the revision', () => {
    const profile = open();
    profile.devices.save(device);
    const name = RevisionName.parse('locals/a');
    const step = { name, date: '2026-01-01T00:00:00Z', message: 'm', progress: { status: 'DONE', message: '' } };
    profile.revisions.saveState(device.id, name, state);
    profile.revisions.saveTimeline(device.id, [step]);
    profile.revisions.saveState(device.id, name, state);
    profile.revisions.saveTimeline(device.id, [{ ...step, message: 'n' }]);
    expect(profile.revisions.state(device.id, name)).toBe(state);
    profile.revisions.saveTimeline(device.id, [{ ...step, date: '2026-01-02T00:00:00Z' }]);
    expect(profile.revisions.state(device.id, name)).toBeUndefined();
    profile.revisions.saveTimeline(device.id, [{ ...step, name: RevisionName.parse('locals/b') }]);
    expect(profile.revisions.timeline(device.id).map((kept) => kept.name)).toEqual(['locals/b']);
    profile.close();
  });
});

describe('the object store', () => {
  it('keeps bytes under their sha, refuses other bytes, and leaves nothing half-written', async () => {
    const { objects, close } = openedObjects();
    const { sha, size } = await objects.put(bytes('hello', ' world'));
    expect({ sha, size }).toEqual({ sha: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9', size: 11 });
    await expect(objects.put(bytes('other'), sha)).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
    await expect(objects.put(broken())).rejects.toThrow('cut');
    expect(readdirSync(join(dir, 'objects'))).toEqual([sha]);
    expect(await objects.sweep(new Set())).toBe(1);
    expect(await objects.size(sha)).toBeUndefined();
    close();
  });

  it('turns a folder that is gone into a sentence', async () => {
    const { objects, close } = openedObjects();
    rmSync(join(dir, 'objects'), { recursive: true });
    await expect(objects.put(bytes('x'))).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
    close();
  });
});

describe('the key ring', () => {
  it('makes its own pair once, in a file for its owner only', async () => {
    const profile = open();
    const own = profile.keys.own();
    expect(own.publicKey).toMatch(/^(ecdsa-sha2-nistp256|ssh-ed25519) /);
    expect(profile.keys.own()).toEqual(own);
    expect(statSync(own.path).mode & 0o077).toBe(0);
    expect(existsSync(`${own.path}.pub`)).toBe(true);
    await expect(profile.keys.keyFor({ kind: 'own-key' })).resolves.toMatchObject({ kind: 'private-key' });
    await expect(profile.keys.keyFor({ kind: 'key-file', path: join(dir, 'none') })).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
    });
    profile.close();
  });
});

function draft(id: string) {
  return {
    id: DraftId.parse(id),
    deviceId: device.id,
    version: 1,
    base: { revision: 'locals/a', text: state },
    text: state,
    objects: [],
    title: '',
    createdAt: 1,
    changedAt: 1,
    unfinished: {},
  };
}

function writeNewer(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 9999; CREATE TABLE later (x)');
  database.close();
}

function openedObjects() {
  const profile = open();
  return { objects: profile.objects, close: () => profile.close() };
}

async function* bytes(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(10);
  throw new Error('cut');
}
