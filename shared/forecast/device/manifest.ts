/**
 * `<folder>/run.json`, which makes a container. The device looks for its fields in a fixed order, and takes the first key that
 * begins with a field's name: `namespace` before `name` is the name.
 *
 * Source: pantavisor parser/parser_system1.c, parse_platform.
 */
import {
  arrayLength,
  childIndexes,
  type KeyAndValue,
  keyBeginningWith,
  type LenientDocument,
  objectKeys,
  readLenient,
  textBehind,
  tokenText,
} from '../lenient/document.ts';
import { readStorage } from './device-json.ts';
import { readRestartPolicy, readStatusGoal } from './groups.ts';
import type { DeviceGroup, RestartPolicy, StatusGoal } from './model.ts';
import { DaemonCrash, Refusal } from './verdicts.ts';

/** What a manifest says of its container, before groups give the rest. */
export interface ManifestPlatform {
  readonly name: string;
  readonly manifest: string;
  type: string | undefined;
  group: DeviceGroup | undefined;
  restartPolicy: RestartPolicy | undefined;
  statusGoal: StatusGoal | undefined;
  management: boolean;
}

/** One field as it was found, and the manifest around it. */
interface Field {
  readonly where: string;
  readonly manifest: LenientDocument;
  readonly found: KeyAndValue;
  readonly groupNamed: (name: string) => DeviceGroup | undefined;
  readonly platform: ManifestPlatform | undefined;
}

type FieldReader = (field: Field) => void;

/** In the order in which the device asks for them. `name` comes before all; config, share and dev-log cannot go wrong. */
const fields: readonly (readonly [name: string, read: FieldReader])[] = [
  ['type', (field) => (ownerOf(field).type = field.found.value)],
  ['runlevel', readRunlevel],
  ['automodfw', ownerOf],
  ['group', (field) => (ownerOf(field).group = groupOf(field))],
  ['restart_policy', (field) => (ownerOf(field).restartPolicy = readRestartPolicy(field.found.value, field.where))],
  ['status_goal', (field) => (ownerOf(field).statusGoal = readStatusGoal(field.found.value, field.where))],
  ['roles', readRoles],
  ['auto_recovery', readSettings],
  ['network', readSettings],
  ['root-volume', ownerOf],
  ['volumes', (field) => elementsOf(field).length > 0 && ownerOf(field)],
  ['logs', readLogs],
  ['storage', (field) => readStorage(field.found.value, `${field.where}, storage`)],
  ['drivers', (field) => readLists(field, ['required', 'optional', 'manual'])],
  ['services', (field) => readLists(field, ['required', 'optional'])],
  ['exports', (field) => elementsOf(field).length > 0 && requireMemory(field)],
];

/**
 * Reads a manifest. `undefined`: it names no container, and is kept as JSON that belongs to none.
 * @throws Refusal, DaemonCrash
 */
export function readManifest(
  key: string,
  text: string,
  groupNamed: (name: string) => DeviceGroup | undefined,
): ManifestPlatform | undefined {
  const manifest = readLenient(text);
  if (manifest.failure !== undefined) throw new Refusal(`${key}: ${manifest.failure}`);
  if (manifest.tokens.length === 0) return undefined;
  const keys = objectKeys(manifest);
  if (keys === undefined) throw new Refusal(`${key} is no object`);
  const name = keyBeginningWith(keys, 'name');
  const platform: ManifestPlatform | undefined = name && {
    name: name.value,
    manifest: key,
    type: undefined,
    group: undefined,
    restartPolicy: undefined,
    statusGoal: undefined,
    management: true,
  };
  for (const [word, read] of fields) {
    const found = keyBeginningWith(keys, word);
    if (found !== undefined) read({ where: key, manifest, found, groupNamed, platform });
  }
  return platform;
}

/** The container that the field is for: the device refuses a manifest that sets a field and has no name. */
function ownerOf({ platform, found, where }: Field): ManifestPlatform {
  if (platform === undefined) throw new Refusal(`${where} has ${found.key} but no name`);
  return platform;
}

/** Some fields are written without a look whether there is a container. */
function requireMemory({ platform, found, where }: Field): void {
  if (platform === undefined) throw new DaemonCrash(`${where} has ${found.key} but no name`);
}

function groupOf({ found, groupNamed, where }: Field): DeviceGroup {
  const group = groupNamed(found.value);
  if (group === undefined) throw new Refusal(`${where}: there is no group "${found.value}"`);
  return group;
}

/** The older word for a group. Other values are only warned about. */
function readRunlevel(field: Field): void {
  const platform = ownerOf(field);
  if (['data', 'root', 'app', 'platform'].includes(field.found.value)) platform.group = groupOf(field);
}

/** Only an explicit list takes `mgmt` away, and only `mgmt` in it gives it back. */
function readRoles(field: Field): void {
  if (field.platform !== undefined) field.platform.management = false;
  for (const element of elementsOf(field)) {
    const platform = ownerOf(field);
    if (tokenText(field.manifest, element) === 'mgmt') platform.management = true;
  }
}

function readSettings(field: Field): void {
  ownerOf(field);
  const { failure } = readLenient(field.found.value);
  if (failure !== undefined) throw new Refusal(`${field.where}, ${field.found.key}: ${failure}`);
}

function readLogs(field: Field): void {
  for (const element of elementsOf(field)) {
    if (!objectKeys(field.manifest, element)?.length) throw new Refusal(`${field.where}: an entry of logs is empty or no object`);
    requireMemory(field);
  }
}

/** Lists that may be malformed, but need a container where they hold anything. */
function readLists(field: Field, words: readonly string[]): void {
  const lists = readLenient(field.found.value);
  if (lists.failure !== undefined) return;
  for (const word of words) {
    const list = readLenient(textBehind(lists, word) ?? '');
    if (list.failure === undefined && arrayLength(list)) requireMemory(field);
  }
}

function elementsOf({ manifest, found, where }: Field): readonly number[] {
  if (manifest.tokens[found.valueIndex]?.kind !== 'array') throw new Refusal(`${where}: ${found.key} is no list`);
  return childIndexes(manifest, found.valueIndex);
}
