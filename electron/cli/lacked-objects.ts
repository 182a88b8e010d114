import { dirname } from 'node:path';
import { objectsOf, parsePristine } from '../../shared/pvr/pristine.ts';
import type { Sha256 } from '../../shared/state/ids.ts';
import type { Input } from './inputs.ts';

/**
 * The objects of a state that neither come with it nor with the state that runs: a device could not get them from here. Undefined where it
 * can't be told: what runs is not known, or the state came without its objects (a file, a device, standard input).
 */
export async function lackedObjects(
  next: Input,
  running: string | undefined,
  signal: AbortSignal,
): Promise<readonly Sha256[] | undefined> {
  if (running === undefined || next.place === undefined) return undefined;
  const there = shasOf(running);
  const wanted = [...shasOf(next.text)].filter((sha) => !there.has(sha));
  const has = await hasObject(next.kind, next.place, new Set(wanted), signal);
  if (has === undefined) return undefined;
  const lacked: Sha256[] = [];
  for (const sha of wanted) if (!(await has(sha))) lacked.push(sha);
  return lacked;
}

function shasOf(text: string): ReadonlySet<Sha256> {
  const parsed = parsePristine(text);
  return parsed.ok ? new Set(objectsOf(parsed.pristine).keys()) : new Set();
}

type HasObject = (sha: Sha256) => boolean | Promise<boolean>;

async function hasObject(
  kind: Input['kind'],
  place: string,
  wanted: ReadonlySet<Sha256>,
  signal: AbortSignal,
): Promise<HasObject | undefined> {
  if (kind === 'export') {
    const packed = await packedObjects(place, wanted, signal);
    return (sha) => packed.has(sha);
  }
  if (kind !== 'checkout' && kind !== 'working-tree' && kind !== 'pvr-folder') return undefined;
  const { openFolderFeed } = await import('../checkouts/folder/folder-feed.ts');
  const feed = await openFolderFeed(
    kind === 'pvr-folder' ? dirname(place) : place,
    kind === 'working-tree' ? 'working' : 'commit',
  );
  // The files of the working tree are found as it is read.
  if (kind === 'working-tree') await feed.state(signal);
  return async (sha) => (await feed.objectFile?.(sha)) !== undefined;
}

async function packedObjects(path: string, wanted: ReadonlySet<Sha256>, signal: AbortSignal): Promise<ReadonlySet<Sha256>> {
  const { exportEntries } = await import('../checkouts/folder/export-entries.ts');
  const found = new Set<Sha256>();
  for await (const entry of exportEntries(path, signal)) {
    if (entry.kind === 'object' && wanted.has(entry.sha)) found.add(entry.sha);
    if (found.size === wanted.size) break;
  }
  return found;
}
