import { manifestAt, textMember } from './manifest.ts';
import type { StateDocument } from './state.ts';

/**
 * Where people look for an entry: the base system, one container, or what belongs to none. A container's part also holds its
 * `_config/<container>/…` and `_sigs/<container>.json`. This is for showing: who owns an entry on the device goes by the
 * container's name alone and decides what a change does (see shared/forecast).
 */
export type Part =
  | { readonly kind: 'bsp'; readonly id: 'bsp' }
  | { readonly kind: 'container'; readonly id: `container:${string}`; readonly name: string; readonly folder: string }
  | { readonly kind: 'root'; readonly id: 'root' };

export type PartId = Part['id'];

/** Which folder holds which container: folder → name. */
export type ContainerFolders = ReadonlyMap<string, string>;

const RUN_JSON = '/run.json';
const bsp: Part = { kind: 'bsp', id: 'bsp' };
const root: Part = { kind: 'root', id: 'root' };

/**
 * The folders with a run.json that names a container, in document order. The device takes any key that ends in `/run.json`,
 * nested ones too, and goes by `name` (pantavisor parser_system1.c).
 */
export function containerFolders(state: StateDocument): ContainerFolders {
  const folders = new Map<string, string>();
  for (const { key } of state.entries) {
    if (!key.endsWith(RUN_JSON) || key === 'bsp/run.json') continue;
    const manifest = manifestAt(state, key);
    const name = manifest === undefined ? undefined : textMember(manifest, 'name');
    if (name !== undefined && name !== '') folders.set(key.slice(0, -RUN_JSON.length), name);
  }
  return folders;
}

/** The part that an entry is shown under. */
export function partOf(key: string, folders: ContainerFolders): Part {
  const segments = key.split('/');
  const [first = '', second = ''] = segments;
  if (first === '_config' && segments.length > 2) return partOfFolder([second], folders) ?? root;
  if (first === '_sigs' && segments.length === 2 && second.endsWith('.json')) {
    return partOfFolder([second.slice(0, -'.json'.length)], folders) ?? root;
  }
  return partOfFolder(segments.length === 1 ? segments : segments.slice(0, -1), folders) ?? root;
}

/** The parts that a state has entries for: bsp first, containers in document order, root last. */
export function partsOf(state: StateDocument): readonly Part[] {
  const folders = containerFolders(state);
  const parts = new Map<PartId, Part>();
  for (const [folder, name] of folders) add(parts, containerPart(name, folder));
  let hasBsp = false;
  let hasRoot = false;
  for (const { key } of state.entries) {
    const part = partOf(key, folders);
    hasBsp ||= part.kind === 'bsp';
    hasRoot ||= part.kind === 'root';
  }
  return [...(hasBsp ? [bsp] : []), ...parts.values(), ...(hasRoot ? [root] : [])];
}

/** What a part is called on the screen. */
export function partLabel(part: Part): string {
  switch (part.kind) {
    case 'bsp':
      return 'bsp';
    case 'container':
      return part.name;
    case 'root':
      return 'none';
  }
}

function containerPart(name: string, folder: string): Part {
  return { kind: 'container', id: `container:${name}`, name, folder };
}

function add(parts: Map<PartId, Part>, part: Part): void {
  if (!parts.has(part.id)) parts.set(part.id, part);
}

/** The deepest container folder that the path lies in, by folder or, for the first segment, by the container's name. */
function partOfFolder(path: readonly string[], folders: ContainerFolders): Part | undefined {
  // No folder is deeper: a key of many thousand segments is not gone through.
  for (let depth = Math.min(path.length, folderIndexOf(folders).deepest); depth > 0; depth -= 1) {
    const folder = path.slice(0, depth).join('/');
    const name = folders.get(folder);
    if (name !== undefined) return containerPart(name, folder);
  }
  const [first = ''] = path;
  if (first === 'bsp') return bsp;
  const folder = folderIndexOf(folders).byName.get(first);
  return folder === undefined ? undefined : containerPart(first, folder);
}

interface FolderIndex {
  /** name → folder, the first of two containers of one name. */
  readonly byName: ReadonlyMap<string, string>;
  /** Segments of the deepest folder. */
  readonly deepest: number;
}

const folderIndexes = new WeakMap<ContainerFolders, FolderIndex>();

/** Made once for a set of folders: it is asked for every entry. */
function folderIndexOf(folders: ContainerFolders): FolderIndex {
  const known = folderIndexes.get(folders);
  if (known !== undefined) return known;
  const made = {
    byName: new Map([...folders].reverse().map(([folder, name]) => [name, folder])),
    deepest: [...folders.keys()].reduce((depth, folder) => Math.max(depth, folder.split('/').length), 0),
  };
  folderIndexes.set(folders, made);
  return made;
}
