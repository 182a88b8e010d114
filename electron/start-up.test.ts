import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceSummary } from '../shared/contract/fleet.ts';
import { DeviceId, DraftId, UpdateId } from '../shared/contract/ids.ts';
import { RevisionName } from '../shared/state/ids.ts';
import { openBackend } from './backend.ts';
import type { Router } from './router/index.ts';
import { STORIES } from './simulator/demo/stories.ts';
import { openProfile } from './storage/profile.ts';
import { until } from './test-bench.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trailboss-start-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const id = DeviceId.parse('d1');
const device = {
  id,
  name: 'bench',
  connection: { host: '127.0.0.1', http: { port: 1 }, ssh: null },
  demo: undefined,
  addedAt: 5,
};
/** The device takes it, and Trailboss's own parser does not: a key is there twice. */
const twice = `{"#spec":"pantavisor-service-system@1","a":"${'a'.repeat(64)}","a":"${'b'.repeat(64)}"}`;

function store(work: (profile: ReturnType<typeof openProfile>) => void): void {
  const profile = openProfile(dir, () => 1);
  work(profile);
  profile.close();
}

async function start(): Promise<{ devices: readonly DeviceSummary[]; notices: readonly string[]; drafts: number }> {
  const backend = await openBackend({ profileDir: dir, demo: false, version: 'test' });
  const client = createRouterClient(backend.router as Router);
  const stop = new AbortController();
  const options = { signal: stop.signal };
  try {
    const fleet = await until(client.fleet.watch(undefined, options), (event) => event.kind === 'snapshot');
    const status = await until(client.settings.status(undefined, options), () => true);
    const drafts = await until(client.draft.list({}, options), () => true);
    return {
      devices: fleet.kind === 'snapshot' ? fleet.devices : [],
      notices: status.notices.map((notice) => notice.id),
      drafts: drafts.length,
    };
  } finally {
    stop.abort();
    await backend.close();
  }
}

describe('the program starts', () => {
  it('while a revision is being run whose state only the device can read', async () => {
    store((profile) => {
      profile.devices.save(device);
      profile.updates.save(openUpdate(), twice);
    });
    expect((await start()).devices).toHaveLength(1);
  });

  it('when the simulated devices can not be started, and says so', async () => {
    store((profile) => profile.devices.save({ ...device, demo: 'greenhouse-03' }));
    for (const { name } of STORIES) writeFileSync(join(dir, 'demo', name), 'a file where a folder was');
    expect(await start()).toMatchObject({ devices: [{ name: 'bench' }], notices: ['demo-not-started'] });
  });

  it('with a simulated device that was given another name, which stays one and keeps it', async () => {
    store((profile) => profile.devices.save({ ...device, name: 'my greenhouse', demo: 'greenhouse-03' }));
    const { devices } = await start();
    expect(devices).toHaveLength(STORIES.length);
    expect(devices.filter(({ name }) => name === 'my greenhouse' || name === 'greenhouse-03')).toHaveLength(1);
  });

  it('with a device and a draft that another version wrote, says so, and keeps what they need', async () => {
    store((profile) => {
      profile.devices.save(device);
      profile.devices.save({ ...device, id: DeviceId.parse('d2') });
      profile.drafts.save(draft('good'));
      profile.drafts.save(draft('bad'));
    });
    writeFileSync(join(dir, 'objects', 'c'.repeat(64)), 'needed by the draft that can not be read');
    const database = new DatabaseSync(join(dir, 'trailboss.db'));
    database.exec(`UPDATE devices SET connection = '{"carrier":"pigeon"}' WHERE id = 'd2'`);
    database.exec(`UPDATE drafts SET objects = 'what?' WHERE id = 'bad'`);
    database.close();
    expect(await start()).toMatchObject({ devices: [{ id: 'd1' }], notices: ['unreadable-entries'], drafts: 1 });
    store((profile) => expect(profile.unreadable).toBe(2));
    expect(existsSync(join(dir, 'objects', 'c'.repeat(64)))).toBe(true);
  });

  it('with a folder among the objects', async () => {
    store((profile) => profile.devices.save(device));
    mkdirSync(join(dir, 'objects', 'lost+found'));
    expect((await start()).devices).toHaveLength(1);
  });
});

function draft(name: string) {
  const text = '{"#spec":"pantavisor-service-system@1"}';
  return {
    id: DraftId.parse(name),
    deviceId: id,
    version: 1,
    base: { revision: 'locals/a', text },
    text,
    objects: [],
    title: '',
    createdAt: 1,
    changedAt: 1,
    unfinished: {},
  };
}

function openUpdate() {
  return {
    id: UpdateId.parse('u1'),
    deviceId: id,
    kind: 'run' as const,
    via: 'lan' as const,
    revision: RevisionName.parse('locals/old'),
    message: '',
    phase: 'moving' as const,
    startedAt: 1,
    postedAt: 1,
    accepted: false,
    postTried: false,
    runTried: true,
    rebootSeen: false,
    changeSeen: false,
    containersBefore: [],
    seenMoving: [],
    linkLost: false,
    lostOnFailure: [],
  };
}
