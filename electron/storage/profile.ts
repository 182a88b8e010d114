import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../shared/contract/settings.ts';
import { ActivityLog } from './activity.ts';
import { type Database, localStorageProblem, openDatabase } from './database.ts';
import { DeviceStore } from './devices.ts';
import { DraftStore } from './drafts.ts';
import { HostKeyStore } from './host-keys.ts';
import { KeyRing } from './keys.ts';
import { ObjectStore } from './objects.ts';
import { RevisionStore } from './revisions.ts';
import { dropUnusedStateTexts } from './state-texts.ts';
import { UpdateStore } from './updates.ts';

/** Everything that Trailboss keeps on this computer, under one folder. */
export interface Profile {
  readonly dir: string;
  readonly devices: DeviceStore;
  readonly hostKeys: HostKeyStore;
  readonly revisions: RevisionStore;
  readonly drafts: DraftStore;
  readonly updates: UpdateStore;
  readonly activity: ActivityLog;
  readonly objects: ObjectStore;
  readonly keys: KeyRing;
  readonly notices: readonly Notice[];
  close(): void;
}

/** Opens the profile, making its folders (readable by this user only) where they are missing. */
export function openProfile(dir: string, now: () => number): Profile {
  try {
    for (const folder of ['', 'objects', 'keys', 'demo']) mkdirSync(join(dir, folder), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw localStorageProblem(error);
  }
  const { database, keptAside } = openDatabase(dir, now);
  dropUnusedStateTexts(database);
  return {
    dir,
    ...stores(database, dir, now),
    notices: keptAside ? [keptAsideNotice(keptAside, now())] : [],
    close: () => database.close(),
  };
}

function stores(database: Database, dir: string, now: () => number) {
  return {
    devices: new DeviceStore(database),
    hostKeys: new HostKeyStore(database),
    revisions: new RevisionStore(database),
    drafts: new DraftStore(database),
    updates: new UpdateStore(database),
    activity: new ActivityLog(database, now),
    objects: new ObjectStore(join(dir, 'objects')),
    keys: new KeyRing(join(dir, 'keys')),
  };
}

function keptAsideNotice(kept: { path: string; reason: string }, at: number): Notice {
  return {
    id: 'database-kept-aside',
    at,
    title: 'The database could not be opened, so a fresh one was started',
    text: `Why: ${kept.reason}. The old one was kept as ${kept.path}. Devices have to be added again; nothing on any device changed.`,
  };
}
