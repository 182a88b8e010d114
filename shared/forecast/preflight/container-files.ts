import { quote } from '../../state/canonical.ts';
import { type Container, containersOf } from '../../state/containers.ts';
import { type Manifest, manifestAt, textMember } from '../../state/manifest.ts';
import { withMember } from '../../state/splice.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFinding, ProblemFix } from '../preflight-types.ts';
import { exactObject, exactText, fileOf, rawOf, textsOf } from './manifest-parts.ts';
import { type Told, told } from './told.ts';

const mounting = 'pantavisor volumes.c, pv_volume_mount';

/** Files, volumes and disks that containers name and that are not there. */
export function containerFileFindings(state: StateDocument): readonly PreflightFinding[] {
  const diskNames = disksOf(state);
  const folders = new Map<string, string[]>();
  for (const { key } of state.entries) {
    if (!key.endsWith('.squashfs')) continue;
    const at = key.indexOf('/');
    const folder = key.slice(0, at);
    const files = folders.get(folder);
    if (files === undefined) folders.set(folder, [key.slice(at + 1)]);
    else files.push(key.slice(at + 1));
  }
  return containersOf(state).flatMap((container) => {
    const manifest = manifestAt(state, container.runKey);
    if (manifest === undefined) return [];
    const look: Look = { state, container, manifest, images: folders.get(container.folder) ?? [] };
    return [...configFindings(look), ...rootFindings(look), ...volumeFindings(look), ...diskFindings(look, diskNames)];
  });
}

interface Look {
  readonly state: StateDocument;
  readonly container: Container;
  readonly manifest: Manifest;
  /** Squashfs files of the folder, without it. */
  readonly images: readonly string[];
}

type Said = Omit<Told, 'key' | 'severity'> & Partial<Pick<Told, 'severity'>>;

function say({ container }: Look, said: Said): PreflightFinding {
  return told({ severity: 'fails', key: container.runKey, ...said });
}

function isMissing({ state, container }: Look, file: string): boolean {
  return !state.byKey.has(`${container.folder}/${file}`);
}

function configFindings(look: Look): readonly PreflightFinding[] {
  const config = textMember(look.manifest, 'config');
  if (config === undefined || config === '' || !isMissing(look, config)) return [];
  return [
    say(look, {
      rule: 'config-no-entry',
      pointer: '/config',
      text: `There is no ${look.container.folder}/${config}: the container can’t be started.`,
      source: 'pantavisor plugins/pv_lxc.c, pv_start_container (load config failed)',
      advice: 'Add that file, or name the one that is there.',
    }),
  ];
}

function rootFindings(look: Look): readonly PreflightFinding[] {
  const root = textMember(look.manifest, 'root-volume');
  if (root === undefined) return [];
  const file = fileOf(root);
  const verity = verityFindings(look, root, '/root-volume');
  if (!isMissing(look, file)) return verity;
  const [only, ...others] = look.images;
  const fix: ProblemFix | undefined =
    only === undefined || others.length > 0 || only.includes('/')
      ? undefined
      : {
          kind: 'json',
          label: `Use ${only}`,
          key: look.container.runKey,
          text: withMember(look.manifest.raw, 'root-volume', quote(only)),
        };
  const text = `There is no ${look.container.folder}/${file}: the container has no root file system.`;
  const advice = 'Add that file, or name the one that is there.';
  return [
    say(look, { rule: 'root-volume-no-entry', pointer: '/root-volume', text, source: mounting, advice, ...(fix && { fix }) }),
    ...verity,
  ];
}

function volumeFindings(look: Look): readonly PreflightFinding[] {
  const root = textMember(look.manifest, 'root-volume');
  const seen = new Set<string>(root === undefined ? [] : [fileOf(root)]);
  return textsOf(rawOf(look.manifest, 'volumes')).flatMap((volume, index) => {
    const file = fileOf(volume);
    const pointer = `/volumes/${index}`;
    const findings: PreflightFinding[] = [];
    if (isMissing(look, file)) {
      const text = `There is no ${look.container.folder}/${file}: the volume can’t be mounted.`;
      const advice = 'Add that file, or take the volume out.';
      findings.push(say(look, { rule: 'volume-no-entry', pointer, text, source: mounting, advice }));
    }
    if (seen.has(file)) {
      const text = `The volume ${file} is named twice.`;
      const advice = 'Name it once.';
      findings.push(say(look, { rule: 'volume-twice', severity: 'notice', pointer, text, source: mounting, advice }));
    }
    seen.add(file);
    return [...findings, ...verityFindings(look, volume, pointer)];
  });
}

/** `dm:<file>` is opened with the hashes that `_dm/<file>.json` beside it names. */
function verityFindings(look: Look, volume: string, pointer: string): readonly PreflightFinding[] {
  if (!volume.startsWith('dm:')) return [];
  const source = 'pantavisor scripts/volmount/verity/dm, do_mount_squash';
  const file = fileOf(volume);
  const { folder } = look.container;
  const key = `${folder}/_dm/${file}.json`;
  const entry = look.state.byKey.get(key);
  if (entry === undefined) {
    const text = `There is no ${key}, which ${volume} is verified by: the volume can’t be mounted while the device verifies volumes.`;
    const advice = 'Make it with pvr dm-apply, or take the prefix dm: away.';
    return [say(look, { rule: 'dm-manifest-no-entry', pointer, text, source, advice })];
  }
  const described = manifestAt(look.state, key);
  if (described === undefined) return [];
  return (['data_device', 'hash_device'] as const).flatMap((field): PreflightFinding[] => {
    const named = exactText(described, field);
    if (named !== undefined && !isMissing(look, named)) return [];
    const text =
      named === undefined
        ? `It names no ${field}: the volume can’t be mounted while the device verifies volumes.`
        : `There is no ${folder}/${named}: the volume can’t be mounted while the device verifies volumes.`;
    const advice = 'Make the hashes anew with pvr dm-apply.';
    return [told({ rule: 'dm-file-no-entry', severity: 'fails', key, pointer: `/${field}`, text, source, advice })];
  });
}

/** Volumes that are to lie on a disk which the state does not have. */
function diskFindings(look: Look, disks: ReadonlySet<string>): readonly PreflightFinding[] {
  const storage = exactObject(look.manifest, 'storage');
  return (storage?.members ?? []).flatMap(({ key: volume }): PreflightFinding[] => {
    const described = storage === undefined ? undefined : exactObject(storage, volume);
    const disk = described === undefined ? undefined : exactText(described, 'disk');
    const persists = described !== undefined && rawOf(described, 'persistence') !== undefined;
    if (disk === undefined || !persists || disks.has(disk)) return [];
    const pointer = `/storage/${volume.replaceAll('~', '~0').replaceAll('/', '~1')}/disk`;
    const text = `There is no disk ${disk}: the volume can’t be mounted.`;
    const advice = 'Name a disk of device.json or disks.json, or leave it out for the device’s own storage.';
    return [say(look, { rule: 'disk-unknown', pointer, text, source: mounting, advice })];
  });
}

/** Names and aliases of the disks of a state, wherever it lists them. */
function disksOf(state: StateDocument): ReadonlySet<string> {
  const device = manifestAt(state, 'device.json');
  const lists =
    device === undefined
      ? ['disks.json', 'disks_v3.json'].map((key) => state.byKey.get(key)?.raw)
      : ['disks', 'disks_v2', 'disks_v3'].map((field) => rawOf(device, field));
  const names = lists.flatMap((raw) => {
    const disks: unknown = JSON.parse(raw ?? '[]');
    return Array.isArray(disks) ? disks.flatMap(namesOfDisk) : [];
  });
  return new Set(names);
}

function namesOfDisk(disk: unknown): readonly string[] {
  if (typeof disk !== 'object' || disk === null) return [];
  const name = 'name' in disk && typeof disk.name === 'string' ? [disk.name] : [];
  const aliases: unknown = 'aliases' in disk ? disk.aliases : [];
  return [...name, ...(Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === 'string') : [])];
}
