/** A device's whole disk: its trail, objects, metadata, logs and boot record in one folder. */
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { boardMeta, DEFAULT_BOARD } from './board.ts';
import { readText, writeWhole } from './disk.ts';
import { MESSAGE, progressOf } from './life/messages.ts';
import { type BootRecord, FACTORY } from './life/model.ts';
import { type MetadataFile, openMetadata } from './metadata.ts';
import { type ObjectStore, openObjectStore } from './object-store.ts';
import type { Board, Seed, SeedObject, SeedRevision } from './options.ts';
import { openTrail, type Trail } from './trail.ts';

const bootSchema = z.object({
  running: z.string(),
  checkpoint: z.string(),
  trial: z.object({ revision: z.string(), booted: z.boolean() }).exactOptional(),
  bootCount: z.number(),
});

const recordSchema = z.object({ boot: bootSchema, updating: z.boolean() });

/** The boot record, and whether an update was under way when it was written. */
export type LifeRecord = { readonly boot: BootRecord; readonly updating: boolean };

export type DiskImage = {
  readonly dir: string;
  readonly trail: Trail;
  readonly objects: ObjectStore;
  readonly userMeta: MetadataFile;
  readonly deviceMeta: MetadataFile;
  readonly record: LifeRecord;
  writeRecord(record: LifeRecord): void;
};

/** The smallest state that the device takes. */
export const EMPTY_STATE = '{"#spec":"pantavisor-service-system@1"}';

/** Opens what is in `dir`, or writes the seed there first: without one, a factory revision and nothing else. */
export function openDiskImage(dir: string, name: string, board: Board = DEFAULT_BOARD, seed?: Seed): DiskImage {
  mkdirSync(dir, { recursive: true });
  const recordFile = join(dir, 'boot.json');
  const trail = openTrail(join(dir, 'trails'));
  const objects = openObjectStore(join(dir, 'objects'));
  const userMeta = openMetadata(join(dir, 'meta', 'user.json'));
  const deviceMeta = openMetadata(join(dir, 'meta', 'device.json'));
  const writeRecord = (record: LifeRecord): void => writeWhole(recordFile, JSON.stringify(record));

  if (!existsSync(recordFile)) {
    const boot = plant(seed ?? { revisions: [{ name: FACTORY, state: EMPTY_STATE }] });
    writeRecord({ boot, updating: false });
  }

  function plant(from: Seed): BootRecord {
    writeWhole(join(dir, 'meta', 'seeded'), '');
    for (const object of from.objects ?? []) if (!objects.has(object.sha256)) plantObject(object);
    for (const revision of from.revisions) plantRevision(trail, revision);
    for (const [key, value] of Object.entries(from.userMeta ?? {})) userMeta.set(key, value);
    for (const [key, value] of Object.entries({ ...boardMeta(board, name), ...from.deviceMeta })) deviceMeta.set(key, value);
    return bootOf(from);
  }

  function plantObject(object: SeedObject): void {
    const file = join(dir, 'uploads', object.sha256);
    if ('content' in object) {
      writeFileSync(file, object.content);
    } else {
      const handle = openSync(file, 'w');
      writeSync(handle, object.head);
      ftruncateSync(handle, object.bytes);
      closeSync(handle);
    }
    objects.adopt(object.sha256, file);
  }

  const record = recordSchema.parse(JSON.parse(readText(recordFile) ?? '{}'));
  return { dir, trail, objects, userMeta, deviceMeta, record, writeRecord };
}

function plantRevision(trail: Trail, revision: SeedRevision): void {
  const { name, status = 'DONE' } = revision;
  const message = revision.statusMessage ?? (name === FACTORY ? MESSAGE.factory : MESSAGE.done);
  trail.putState(name, revision.state, revision.date);
  trail.putProgress(name, progressOf(status, message, revision.logs));
  if (revision.message !== undefined) trail.putMessage(name, revision.message);
}

/** An UPDATED revision that runs is a trial that the boot loader has not booted yet. */
function bootOf(seed: Seed): BootRecord {
  const running = seed.running ?? seed.revisions.at(-1)?.name ?? FACTORY;
  const done = seed.revisions.filter((each) => (each.status ?? 'DONE') === 'DONE');
  const checkpoint = seed.checkpoint ?? (done.some((each) => each.name === running) ? running : (done.at(-1)?.name ?? FACTORY));
  const boot = { running, checkpoint, bootCount: 1 };
  return running === checkpoint ? boot : { ...boot, trial: { revision: running, booted: false } };
}
