import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { objectsOf, parsePristine } from '../../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { badState, missingObject, wrongSha } from '../problems.ts';
import type { PvrObjects, StateFeed } from '../pvr-folder.ts';
import { checkedBytes } from './checked-bytes.ts';
import { realDisk } from './disk.ts';
import { badExport, exportEntries } from './export-entries.ts';
import { Allowance } from './free-space.ts';
import { pvrObjects } from './object-store.ts';

/**
 * An export as a source of a state with its objects. Only its state is read at first; the first object that is asked for unpacks all that
 * the state names, each checked, into a folder of its own under `scratch`, which `close` removes. BAD_INPUT for what is no export.
 */
export async function openExportFeed(path: string, scratch: string = tmpdir()): Promise<StateFeed & { close(): Promise<void> }> {
  const given = resolve(path);
  let text: Promise<string> | undefined;
  let unpacked: Promise<PvrObjects> | undefined;
  let dir: string | undefined;
  const state = (signal: AbortSignal) => {
    text ??= readState(given, signal).catch((error: unknown) => {
      text = undefined;
      throw error;
    });
    return text;
  };
  const objects = (signal: AbortSignal) => {
    unpacked ??= (async () => {
      dir ??= await mkdtemp(join(scratch, 'trailboss-export-'));
      return unpack(given, dir, await state(signal), signal);
    })().catch((error: unknown) => {
      unpacked = undefined;
      throw error;
    });
    return unpacked;
  };
  const fileOf = async (sha: Sha256, signal: AbortSignal) => {
    const store = await objects(signal);
    return (await store.size(sha)) === undefined ? undefined : store.path(sha);
  };
  return {
    label: given,
    reference: given,
    state,
    object: async function* (sha, signal) {
      const file = await fileOf(sha, signal);
      if (file === undefined) throw missingObject(sha, given);
      yield* checkedBytes(createReadStream(file, { signal, highWaterMark: 256 * 1024 }), sha, (actual) =>
        wrongSha(sha, actual, given),
      );
    },
    objectFile: (sha, signal = new AbortController().signal) => fileOf(sha, signal),
    close: async () => {
      await unpacked?.catch(() => undefined);
      if (dir !== undefined) await rm(dir, { recursive: true, force: true });
      dir = undefined;
      unpacked = undefined;
    },
  };
}

/** The state of an export, as raw text. BAD_STATE where it is none that a checkout can have. */
async function readState(path: string, signal: AbortSignal): Promise<string> {
  for await (const entry of exportEntries(path, signal)) {
    if (entry.kind !== 'state') continue;
    const parsed = parsePristine(entry.text);
    if (!parsed.ok) throw badState(`The state in ${path} can't be read.`, 'Make the export again.', parsed.reason);
    return entry.text;
  }
  throw badExport(path, 'there is no state in it');
}

async function unpack(path: string, dir: string, text: string, signal: AbortSignal): Promise<PvrObjects> {
  const parsed = parsePristine(text);
  const wanted = parsed.ok ? objectsOf(parsed.pristine) : new Map();
  const allowance = await Allowance.of(dir);
  const store = pvrObjects(() => dir, realDisk);
  for await (const entry of exportEntries(path, signal)) {
    if (entry.kind !== 'object' || !wanted.has(entry.sha) || (await store.size(entry.sha)) !== undefined) continue;
    allowance.spend(entry.size);
    await store.take(entry.sha, entry.bytes, signal);
  }
  return store;
}
