import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { StateOrigin } from '../../../shared/contract/checkout.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { CheckoutId } from '../../../shared/contract/ids.ts';
import { type Reference, readReference } from '../../../shared/pvr/reference.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import type { States } from '../../revisions/states.ts';
import { PvrRemote } from '../../sources/pvr/remote.ts';
import type { ObjectStore } from '../../storage/objects.ts';
import { ifThere } from '../folder/disk.ts';
import { openExportFeed } from '../folder/export-feed.ts';
import { openFolderFeed } from '../folder/folder-feed.ts';
import type { StateFeed } from '../pvr-folder.ts';
import { deviceOrigin } from './device-origin.ts';
import { hubOrigin, hubTrailOf } from './hub-origin.ts';
import type { Origin } from './origin.ts';

export interface OriginPorts {
  readonly fleet: Pick<Fleet, 'all' | 'device'>;
  readonly states: Pick<States, 'read'>;
  /** Trailboss' own objects: what is there needs not be fetched again. */
  readonly objects: ObjectStore;
  /** The root of a checkout that is open here; NOT_FOUND. */
  readonly rootOf: (id: CheckoutId) => string;
  /** The person's home folder. */
  readonly home: string;
}

/**
 * Where a state with its objects comes from. Nothing is asked of a device or a hub before its state is read; a folder or a file is looked
 * at: NOT_FOUND. BAD_INPUT for a reference that is none. Whoever opens it closes it.
 */
export async function openOrigin(origin: StateOrigin, ports: OriginPorts): Promise<Origin> {
  switch (origin.kind) {
    case 'device':
      return deviceOrigin(ports.fleet.device(origin.deviceId), origin.revision, ports);
    case 'export':
      return withFragment(await openExportFeed(localPath(origin.path, ports.home)), '');
    case 'checkout':
      return withFragment(await openFolderFeed(ports.rootOf(origin.id), 'commit'), '');
    case 'reference':
      return openReference(readOrThrow(origin.reference), ports);
  }
}

async function openReference(reference: Reference, ports: OriginPorts): Promise<Origin> {
  const { fragment } = reference;
  if (reference.kind === 'path') {
    const path = localPath(reference.path, ports.home);
    const found = await ifThere(stat(path));
    if (found === undefined) throw notThere(path);
    return withFragment(await (found.isDirectory() ? openFolderFeed(path, 'commit') : openExportFeed(path)), fragment);
  }
  const { url } = reference;
  if (!URL.canParse(url)) throw badReference(`${url} is no address that anything could be asked at.`);
  const trail = hubTrailOf(url, ports.fleet);
  if (trail) return hubOrigin(trail, url, fragment, ports.objects);
  const remote = new PvrRemote(url);
  return {
    label: url,
    reference: url,
    fragment,
    state: (signal) => remote.state(signal),
    object: (sha, signal) => remote.object(sha, signal),
    objectFile: (sha) => ports.objects.file(sha),
    close: () => remote.close(),
  };
}

/** A path as a person writes it. The program stands in no folder that it could start from. */
export function localPath(path: string, home: string): string {
  if (path === '~') return home;
  if (/^~[/\\]/.test(path)) return join(home, path.slice(2));
  if (isAbsolute(path)) return path;
  throw new TrailbossError('BAD_INPUT', {
    what: `${path} does not say where it begins.`,
    unchanged: 'Nothing was done.',
    next: 'Write the whole path, from / or ~ on.',
  });
}

function withFragment(feed: StateFeed, fragment: string): Origin {
  // A feed may be a class: only what it is to others is taken over.
  return {
    label: feed.label,
    reference: feed.reference,
    fragment,
    state: (signal) => feed.state(signal),
    object: (sha, signal) => feed.object(sha, signal),
    ...(feed.objectFile && { objectFile: (sha, signal) => feed.objectFile?.(sha, signal) ?? Promise.resolve(undefined) }),
    ...(feed.close && { close: () => feed.close?.() ?? Promise.resolve() }),
  };
}

function readOrThrow(typed: string): Reference {
  const read = readReference(typed);
  if (read.ok) return read.reference;
  throw badReference(read.reason);
}

function badReference(what: string): TrailbossError {
  return new TrailbossError('BAD_INPUT', { what, unchanged: 'Nothing was done.', next: 'Correct it and try again.' });
}

function notThere(path: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `There is nothing at ${path}.`,
    unchanged: 'Nothing was done.',
    next: 'Check the path. A device on a hub is named nick/device, without a dot or a slash before it.',
  });
}
