import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { Notice, StorageUse } from '../../shared/contract/settings.ts';
import { AccountStore } from './accounts.ts';
import { ActivityLog } from './activity.ts';
import { CheckoutStore } from './checkouts.ts';
import { type Database, localStorageProblem, openDatabase } from './database.ts';
import { DeviceStore } from './devices.ts';
import { DraftStore } from './drafts.ts';
import { HostKeyStore } from './host-keys.ts';
import { type Keyring, noKeyringInBrowser } from './keyring.ts';
import { KeyRing } from './keys.ts';
import { ObjectStore } from './objects.ts';
import { RevisionStore } from './revisions.ts';
import { SecretStore } from './secrets.ts';
import { SeriesStore } from './series.ts';
import { dropUnusedStateTexts } from './state-texts.ts';
import { TrustStore } from './trust.ts';
import { UpdateStore } from './updates.ts';

/** Everything that Trailboss keeps on this computer, under one folder. */
export interface Profile {
  readonly dir: string;
  readonly accounts: AccountStore;
  readonly devices: DeviceStore;
  readonly hostKeys: HostKeyStore;
  readonly revisions: RevisionStore;
  readonly drafts: DraftStore;
  readonly updates: UpdateStore;
  readonly series: SeriesStore;
  readonly checkouts: CheckoutStore;
  readonly activity: ActivityLog;
  /** Whose signatures are trusted. */
  readonly trust: TrustStore;
  readonly objects: ObjectStore;
  readonly keys: KeyRing;
  /** What proves to hubs who we are. */
  readonly secrets: SecretStore;
  readonly notices: readonly Notice[];
  /** Devices, drafts, series and open updates that this version can't read; they stay in the database, and so must their objects. */
  readonly unreadable: number;
  /** How much room all this takes; `objectsInUse` are the objects that something still needs. */
  use(objectsInUse: ReadonlySet<string>): Promise<StorageUse>;
  /** Removes the objects that nothing needs any more; none while there is something that can't be read, which may need them. */
  cleanObjects(objectsInUse: ReadonlySet<string>): Promise<number>;
  close(): void;
}

/** Opens the profile, making its folders (readable by this user only) where they are missing. Only the desktop program has a keyring. */
export function openProfile(dir: string, now: () => number, keyring: Keyring = noKeyringInBrowser): Profile {
  try {
    for (const folder of ['', 'objects', 'keys', 'demo']) mkdirSync(join(dir, folder), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw localStorageProblem(error);
  }
  const secrets = new SecretStore(dir, keyring, now);
  const { database, keptAside } = openDatabase(dir, now);
  tidy(database);
  const kept = stores(database, dir, now);
  const unreadable =
    rowsIn(database, 'devices') -
    kept.devices.all().length +
    rowsIn(database, 'drafts') -
    kept.drafts.all().length +
    rowsIn(database, 'updates WHERE ended = 0') -
    kept.updates.open().length +
    rowsIn(database, 'series_items') -
    kept.series.all().reduce((sum, { items }) => sum + items.length, 0);
  return {
    dir,
    ...kept,
    secrets,
    unreadable,
    notices: [
      ...(keptAside ? [keptAsideNotice(keptAside, now())] : []),
      ...(secrets.keptAside ? [secretsKeptAsideNotice(secrets.keptAside.path, now())] : []),
      ...(unreadable > 0 ? [unreadableNotice(unreadable, now())] : []),
    ],
    use: async (objectsInUse) => ({
      ...(await kept.objects.use(objectsInUse)),
      database: databaseSize(dir),
      states: rowsIn(database, 'states'),
      activity: rowsIn(database, 'activity'),
    }),
    cleanObjects: async (objectsInUse) => (unreadable > 0 ? 0 : kept.objects.clean(objectsInUse)),
    close: () => database.close(),
  };
}

/** Bytes of the database with what is not merged into it yet. */
function databaseSize(dir: string): number {
  return ['', '-wal'].reduce(
    (sum, suffix) => sum + (statSync(join(dir, `trailboss.db${suffix}`), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** What a full disk keeps from being thrown away is thrown away another time. */
function tidy(database: Database): void {
  try {
    dropUnusedStateTexts(database);
  } catch (error) {
    if (!(error instanceof TrailbossError)) throw error;
  }
}

function rowsIn(database: Database, what: string): number {
  return Number(database.get(`SELECT count(*) AS count FROM ${what}`)?.count);
}

function unreadableNotice(count: number, at: number): Notice {
  return {
    id: 'unreadable-entries',
    at,
    title:
      count === 1 ? 'Something that is stored here could not be read' : `${count} things that are stored here could not be read`,
    text: 'A device, a draft, a series or an update was stored by another version of Trailboss, or is damaged. It is not shown, and was left as it is.',
  };
}

function stores(database: Database, dir: string, now: () => number) {
  return {
    accounts: new AccountStore(database),
    devices: new DeviceStore(database),
    hostKeys: new HostKeyStore(database),
    revisions: new RevisionStore(database),
    drafts: new DraftStore(database),
    updates: new UpdateStore(database),
    series: new SeriesStore(database),
    checkouts: new CheckoutStore(database),
    activity: new ActivityLog(database, now),
    trust: new TrustStore(database),
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

function secretsKeptAsideNotice(path: string, at: number): Notice {
  return {
    id: 'secrets-kept-aside',
    at,
    title: 'The file that held your sign-ins could not be read',
    text: `It was kept as ${path}. Sign in again to each hub; accounts and devices are still listed.`,
  };
}
