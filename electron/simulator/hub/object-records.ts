/** Objects: their records, one per owner, and the files (hub: objects/). */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HubDatabase, numberOf, type Row, textOf } from './database.ts';
import type { Device } from './device-records.ts';
import { isSha256, storageId } from './ids.ts';
import type { StepRecords } from './step-records.ts';

export interface ObjectRecord {
  readonly storageId: string;
  readonly sha: string;
  readonly owner: string;
  readonly name: string;
  readonly size: string;
  readonly bytes: number;
  readonly mime: string;
  /** The storage id of someone's public object whose file this is; else empty. */
  readonly linked: string;
  readonly created: number;
  readonly modified: number;
}

export class QuotaExceeded extends Error {}

export interface ObjectRecords {
  get(storage: string): ObjectRecord | undefined;
  ownedBy(owner: string): readonly ObjectRecord[];
  /** Bytes that an owner's records say. */
  usage(owner: string): number;
  /** Where the file is or will be. */
  path(storage: string): string;
  hasFile(storage: string): boolean;
  /** The folder for files that are not complete. */
  readonly uploads: string;
  /** Moves a complete file to its place, over one that is there. */
  adopt(storage: string, file: string): void;
  /** A record whose file is there (ResolveObjectWithBacking). */
  withFile(owner: string, sha: string): ObjectRecord | undefined;
  /** The same, or a link to a public object (ResolveObjectWithLinks); not saved yet. */
  withFileOrLink(owner: string, sha: string, autolink: boolean): ObjectRecord | undefined;
  /** Writes a record. Throws QuotaExceeded. */
  save(object: ObjectRecord): ObjectRecord;
  remove(storage: string): void;
  /** Makes the objects of a public device's steps available for links, or takes them back. */
  publish(device: Device): void;
  /** Stores a whole object for an account; its sha. */
  put(owner: string, content: Uint8Array | string): string;
}

export interface ObjectSettings {
  readonly dir: string;
  now(): number;
  quota(owner: string): number;
}

export function openObjects(database: HubDatabase, steps: StepRecords, settings: ObjectSettings): ObjectRecords {
  const uploads = join(settings.dir, 'uploads');
  mkdirSync(uploads, { recursive: true });
  const path = (storage: string): string => join(settings.dir, 'objects', storage.slice(0, 2), storage);
  const hasFile = (storage: string): boolean => existsSync(path(storage));

  const records: ObjectRecords = {
    uploads,
    path,
    hasFile,
    get(storage) {
      const row = database.get('SELECT * FROM objects WHERE storage_id = ?', storage);
      return row ? objectOf(row) : undefined;
    },
    ownedBy: (owner) => database.all('SELECT * FROM objects WHERE owner = ? ORDER BY rowid', owner).map(objectOf),
    usage: (owner) => numberOf(database.get('SELECT sum(bytes) AS n FROM objects WHERE owner = ?', owner) ?? {}, 'n'),
    adopt(storage, file) {
      mkdirSync(join(settings.dir, 'objects', storage.slice(0, 2)), { recursive: true });
      renameSync(file, path(storage));
    },
    withFile(owner, sha) {
      const object = isSha256(sha) ? records.get(storageId(owner, sha)) : undefined;
      return object && object.linked === '' && hasFile(object.storageId) ? object : undefined;
    },
    withFileOrLink(owner, sha, autolink) {
      if (!isSha256(sha)) return undefined;
      const object = records.get(storageId(owner, sha));
      if (object && (object.linked !== '' || hasFile(object.storageId))) return object;
      const target = autolink ? linkTarget(owner, sha) : undefined;
      if (!target) return undefined;
      const { size, bytes, mime } = target;
      return { ...(object ?? unnamed(owner, sha)), linked: target.storageId, size, bytes, mime };
    },
    save(object) {
      const known = records.get(object.storageId);
      const used = records.usage(object.owner);
      // Nothing stored yet counts nothing at all, and a record that is there counts twice (CalcUsageAfterPost, CalcUsageAfterPut).
      const total = used === 0 && !known ? 0 : used + object.bytes;
      if (total > settings.quota(object.owner)) throw new QuotaExceeded();
      const saved = { ...object, created: known?.created ?? settings.now(), modified: settings.now() };
      database.run(
        'INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[saved.storageId, saved.sha, saved.owner, saved.name, saved.size, saved.bytes, saved.mime, saved.linked],
        ...[saved.created, saved.modified],
      );
      return saved;
    },
    remove(storage) {
      database.run('DELETE FROM objects WHERE storage_id = ?', storage);
    },
    publish(device) {
      database.run('DELETE FROM public_objects WHERE device = ?', device.id);
      if (!device.public) return;
      for (const step of steps.stepsOf(device.id)) {
        for (const { sha } of steps.states.objects(step.stateSha)) {
          database.run('INSERT OR IGNORE INTO public_objects VALUES (?, ?, ?)', sha, step.owner, device.id);
        }
      }
    },
    put(owner, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const sha = createHash('sha256').update(bytes).digest('hex');
      const storage = storageId(owner, sha);
      if (!hasFile(storage)) {
        const file = join(uploads, storage);
        writeFileSync(file, bytes);
        records.adopt(storage, file);
      }
      const size = String(bytes.length);
      database.run(
        "INSERT OR IGNORE INTO objects VALUES (?, ?, ?, ?, ?, ?, 'application/octet-stream', '', ?, ?)",
        ...[storage, sha, owner, sha, size, bytes.length, settings.now(), settings.now()],
      );
      return sha;
    },
  };

  /** Someone else's object with that content in a step of a public device. */
  function linkTarget(owner: string, sha: string): ObjectRecord | undefined {
    const row = database.get(
      `SELECT objects.* FROM public_objects JOIN objects ON objects.sha = public_objects.sha AND objects.owner = public_objects.owner
       WHERE public_objects.sha = ? AND public_objects.owner <> ? AND objects.linked = '' LIMIT 1`,
      ...[sha, owner],
    );
    return row ? objectOf(row) : undefined;
  }

  return records;
}

function unnamed(owner: string, sha: string): ObjectRecord {
  const storage = storageId(owner, sha);
  return {
    storageId: storage,
    sha,
    owner,
    name: `/na/link-for-${sha}`,
    size: '',
    bytes: 0,
    mime: '',
    linked: '',
    created: 0,
    modified: 0,
  };
}

function objectOf(row: Row): ObjectRecord {
  return {
    storageId: textOf(row, 'storage_id'),
    sha: textOf(row, 'sha'),
    owner: textOf(row, 'owner'),
    name: textOf(row, 'name'),
    size: textOf(row, 'size'),
    bytes: numberOf(row, 'bytes'),
    mime: textOf(row, 'mime'),
    linked: textOf(row, 'linked'),
    created: numberOf(row, 'created'),
    modified: numberOf(row, 'modified'),
  };
}
