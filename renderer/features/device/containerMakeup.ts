import { type Container, containersOf } from '../../../shared/state/containers.ts';
import { type Manifest, manifestAt, rawMember, readManifest, textMember, textsMember } from '../../../shared/state/manifest.ts';
import { containerFolders, partOf } from '../../../shared/state/parts.ts';
import type { StateDocument, StateEntry } from '../../../shared/state/state.ts';

/** A volume of a container and how long what is written there lasts (`storage` of run.json: permanent, revision, boot). */
export interface StoredVolume {
  readonly volume: string;
  readonly persistence: string | undefined;
}

/** What a container is made of, as its state has it. */
export interface Makeup {
  readonly container: Container;
  /** The entries of its part, by key. */
  readonly entries: readonly StateEntry[];
  readonly storage: readonly StoredVolume[];
  readonly drivers: {
    readonly required: readonly string[];
    readonly optional: readonly string[];
    readonly manual: readonly string[];
  };
  /** The image that pvr made it from (src.json), as `name:tag`. */
  readonly image: string | undefined;
  readonly imageDigest: string | undefined;
}

/** Undefined when the state has no container of this name. */
export function makeupOf(state: StateDocument, name: string): Makeup | undefined {
  const container = containersOf(state).find((one) => one.name === name);
  if (container === undefined) return undefined;
  const folders = containerFolders(state);
  const manifest = manifestAt(state, container.runKey);
  const source = container.srcKey === undefined ? undefined : manifestAt(state, container.srcKey);
  const drivers = manifest === undefined ? undefined : objectMember(manifest, 'drivers');
  const driversOf = (kind: string) => (drivers === undefined ? [] : (textsMember(drivers, kind) ?? []));
  return {
    container,
    entries: state.entries
      .filter(({ key }) => {
        const part = partOf(key, folders);
        return part.kind === 'container' && part.folder === container.folder;
      })
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    storage: manifest === undefined ? [] : storageOf(manifest),
    drivers: { required: driversOf('required'), optional: driversOf('optional'), manual: driversOf('manual') },
    image: source === undefined ? undefined : imageOf(source),
    imageDigest: source === undefined ? undefined : textMember(source, 'docker_digest'),
  };
}

function objectMember(manifest: Manifest, name: string): Manifest | undefined {
  const raw = rawMember(manifest, name);
  return raw === undefined ? undefined : readManifest(raw);
}

function storageOf(manifest: Manifest): readonly StoredVolume[] {
  const storage = objectMember(manifest, 'storage');
  if (storage === undefined) return [];
  return storage.members.map(({ key, start, end }) => {
    const volume = readManifest(storage.raw.slice(start, end));
    return { volume: key, persistence: volume === undefined ? undefined : textMember(volume, 'persistence') };
  });
}

function imageOf(source: Manifest): string | undefined {
  const name = textMember(source, 'docker_name');
  const tag = textMember(source, 'docker_tag');
  return name === undefined || tag === undefined ? name : `${name}:${tag}`;
}
