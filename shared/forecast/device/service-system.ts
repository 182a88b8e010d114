/** States of the specification `pantavisor-service-system@1`. Source: pantavisor parser/parser_system1.c, system1_parse. */
import { countWord, type KeyAndValue, type LenientDocument, objectKeys, textBehind } from '../lenient/document.ts';
import { checkBspDrivers, checkBspRun } from './bsp.ts';
import { readDeviceJson } from './device-json.ts';
import { checkDiskNames, readDisks } from './disks.ts';
import { defaultGroups, readGroups } from './groups.ts';
import { ownerName, type reservedKeys, roleOf } from './keys.ts';
import { type ManifestPlatform, readManifest } from './manifest.ts';
import type { DeviceEntry, DeviceGroup, DeviceModel, DevicePlatform, GroupsSource, TextEntry } from './model.ts';
import { settlePlatforms } from './platforms.ts';
import { Refusal } from './verdicts.ts';

type ReservedKey = (typeof reservedKeys)[number];

/** An entry that the device holds, before it is known whose it is. */
interface HeldEntry {
  readonly key: string;
  readonly value: string;
}

/** @throws Refusal, DaemonCrash */
export function readServiceSystem(document: LenientDocument, spec: string): DeviceModel {
  const reserved = new ReservedEntries(document);
  const { groups, groupsSource } = readReserved(reserved);
  const keys = objectKeys(document);
  if (keys === undefined) throw new Refusal('the state is no object');
  const entries = keys.map(textEntry);
  const manifests = readManifests(entries, groups);
  const jsons = [...reserved.held, ...entries.filter(isHeldJson)];
  const objects = entries.filter(({ role }) => role === 'object');
  const owners = ownersOf([...objects, ...jsons]);
  const platforms = settlePlatforms(manifests, groups, groupsSource);
  const platformNamed = firstByName(platforms);
  // Each entry is put in front of those before it.
  const backwards = (held: readonly HeldEntry[]): readonly DeviceEntry[] =>
    held.map(({ key, value }) => ({ key, value, owner: platformNamed.get(owners.get(key) ?? '') })).reverse();
  return { spec, groups, groupsSource, platforms, jsons: backwards(jsons), objects: backwards(objects), entries };
}

/** Entries that are read by name. Their names are counted as strings anywhere in the text, so a value can stand in the way. */
class ReservedEntries {
  /** Those that the device read, in the order in which it did. */
  readonly held: HeldEntry[] = [];
  private readonly document: LenientDocument;

  constructor(document: LenientDocument) {
    this.document = document;
  }

  count(key: ReservedKey): number {
    return countWord(this.document, key);
  }

  /** The text of an entry whose name stands in the text exactly once; it is held from now on. @throws Refusal */
  read(key: ReservedKey): string | undefined {
    if (this.count(key) !== 1) return undefined;
    const value = textBehind(this.document, key);
    if (value === undefined) throw new Refusal(`${key} has no value`);
    this.held.push({ key, value });
    return value;
  }
}

/** Reads the reserved entries in the device's order, which is also the order in which they are held. */
function readReserved(reserved: ReservedEntries): { groups: readonly DeviceGroup[]; groupsSource: GroupsSource } {
  const deviceJson = reserved.read('device.json');
  const deviceGroups = deviceJson === undefined ? undefined : readDeviceJson(deviceJson);
  const hasDeviceJson = reserved.count('device.json') > 0;
  if (!hasDeviceJson) checkDisks(reserved);
  const groups = hasDeviceJson ? fromDeviceJson(deviceGroups) : readGroupsJson(reserved);
  if (reserved.count('bsp/run.json') > 1) {
    throw new Refusal('bsp/run.json is there twice: its name, or a text equal to it, stands in the state more than once');
  }
  const bspRun = reserved.read('bsp/run.json');
  if (bspRun !== undefined) checkBspRun(bspRun);
  const bspDrivers = reserved.read('bsp/drivers.json');
  if (bspDrivers !== undefined) checkBspDrivers(bspDrivers);
  return groups;
}

/** Source: pantavisor parser/parser_system1.c, system1_parse_disks. */
function checkDisks(reserved: ReservedEntries): void {
  const plain = reserved.read('disks.json');
  const disks = plain === undefined ? [] : readDisks(plain, 'disks.json', 'refuse');
  const third = reserved.read('disks_v3.json');
  const more = third === undefined ? [] : readDisks(third, 'disks_v3.json', 'skip');
  checkDiskNames([...disks, ...more]);
}

function fromDeviceJson(groups: readonly DeviceGroup[] | undefined) {
  return { groups: groups ?? [], groupsSource: groups === undefined ? ('none' as const) : ('device.json' as const) };
}

/** Source: pantavisor parser/parser_system1.c, system1_parse_groups. */
function readGroupsJson(reserved: ReservedEntries): { groups: readonly DeviceGroup[]; groupsSource: GroupsSource } {
  if (reserved.count('groups.json') === 0) return { groups: defaultGroups, groupsSource: 'defaults' };
  const text = reserved.read('groups.json');
  if (text === undefined) return { groups: [], groupsSource: 'none' };
  return { groups: readGroups(text, 'groups.json'), groupsSource: 'groups.json' };
}

function textEntry({ key, value, literal }: KeyAndValue): TextEntry {
  return { key, value, literal, role: roleOf(key, value) };
}

function isHeldJson({ role }: TextEntry): boolean {
  return role === 'manifest' || role === 'services' || role === 'json';
}

function readManifests(entries: readonly TextEntry[], groups: readonly DeviceGroup[]): readonly ManifestPlatform[] {
  const groupsByName = firstByName(groups);
  const manifests: ManifestPlatform[] = [];
  for (const { key, value, role } of entries) {
    if (role !== 'manifest') continue;
    const platform = readManifest(key, value, (name) => groupsByName.get(name));
    if (platform !== undefined) manifests.push(platform);
  }
  return manifests;
}

/** What each manifest by itself stops the parser with; none where it stops before it comes to them. */
export function failuresOfManifests(document: LenientDocument): readonly { readonly key: string; readonly stop: unknown }[] {
  const groups = attempt(() => readReserved(new ReservedEntries(document)).groups);
  if (!groups.ok) return [];
  const byName = firstByName(groups.value);
  return (objectKeys(document) ?? []).flatMap(({ key, value }) => {
    if (roleOf(key, value) !== 'manifest') return [];
    const read = attempt(() => readManifest(key, value, (name) => byName.get(name)));
    return read.ok ? [] : [{ key, stop: read.stop }];
  });
}

function attempt<T>(read: () => T): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly stop: unknown } {
  try {
    return { ok: true, value: read() };
  } catch (stop) {
    return { ok: false, stop };
  }
}

function ownersOf(held: readonly HeldEntry[]): ReadonlyMap<string, string | undefined> {
  return new Map(held.map(({ key }) => [key, ownerName(key)]));
}

function firstByName<T extends DeviceGroup | DevicePlatform>(all: readonly T[]): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const one of all) if (!byName.has(one.name)) byName.set(one.name, one);
  return byName;
}
