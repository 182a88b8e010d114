import { decodeString, JsonSyntaxError } from '../state/json.ts';
import { type JsonKind, readMembers } from '../state/json-members.ts';

/** What `pvr app install` renders an app's files from: src.json, read as pvr reads it (libpvr/applib.go, Source). */
export interface AppSource {
  readonly text: string;
  /** Empty where src.json names none; pvr renders `builtin-lxc-docker` alone. */
  readonly template: string;
  /** The app whose root file system lies below this one's; empty where there is none. */
  readonly base: string;
  /** Where its image came from: registry and tag, a pvr repository, or a root file system. */
  readonly image: string;
  readonly kind: 'docker' | 'pvr' | 'rootfs';
  /** pvr renders nothing for an app that was taken from another repository without an image. */
  readonly rendered: boolean;
  /** Each template argument with its raw JSON value. */
  readonly args: ReadonlyMap<string, string>;
  /** Raw JSON lists; undefined where they are empty. */
  readonly exports: string | undefined;
  readonly logs: string | undefined;
  readonly dmEnabled: ReadonlySet<string>;
  readonly dockerOvlDigest: string;
  readonly persistence: ReadonlyMap<string, string>;
  /** Paths that the image declares as volumes; undefined where an older pvr did not note the image's configuration. */
  readonly imageVolumes: readonly string[] | undefined;
}

export type AppSourceReading =
  | { readonly ok: true; readonly source: AppSource }
  /** `reason` is a sentence. */
  | { readonly ok: false; readonly reason: string };

/** Template arguments that pvr takes for texts and dies of when they are something else (libpvr/applib.go). */
const textArguments = ['PV_GROUP', 'PV_RUNLEVEL', 'PV_EXTRA_VOLUMES', 'PV_VOLUME_MOUNTS'];

class NotASource extends Error {}

/**
 * Reads a src.json. Unknown members are nobody's business; members of the wrong kind are refused as pvr refuses them, and members that
 * are there twice too: pvr takes the last one, and an edit of the text would hit the first. Never throws.
 */
export function readAppSource(text: string): AppSourceReading {
  try {
    return { ok: true, source: sourceOf(text) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, reason: `src.json is no JSON: ${error.message}.` };
    if (error instanceof NotASource) return { ok: false, reason: error.message };
    throw error;
  }
}

/** A raw JSON value that is a text; undefined for any other. */
export function textOf(raw: string | undefined): string | undefined {
  return raw?.startsWith('"') ? decodeString(raw) : undefined;
}

interface Value {
  readonly kind: JsonKind;
  readonly raw: string;
}

type Values = ReadonlyMap<string, Value>;

function sourceOf(text: string): AppSource {
  const members = valuesOf(text, 'src.json');
  const [pvr, rootfs, docker] = [stringIn(members, 'pvr'), stringIn(members, 'rootfs_url'), stringIn(members, 'docker_name')];
  const tag = stringIn(members, 'docker_tag');
  return {
    text,
    template: stringIn(members, 'template'),
    base: stringIn(members, 'base'),
    image: docker === '' ? pvr || rootfs : `${docker}${tag === '' ? '' : `:${tag}`}`,
    kind: rootfs !== '' ? 'rootfs' : pvr !== '' ? 'pvr' : 'docker',
    rendered: pvr === '' || rootfs !== '' || docker !== '',
    args: argumentsOf(objectIn(members, 'args') ?? new Map()),
    exports: listIn(members, 'exports'),
    logs: listIn(members, 'logs'),
    dmEnabled: enabledOf(objectIn(members, 'dm_enabled') ?? new Map()),
    dockerOvlDigest: stringIn(members, 'docker_ovl_digest'),
    persistence: persistenceOf(objectIn(members, 'persistence') ?? new Map()),
    imageVolumes: imageVolumesOf(objectIn(members, 'docker_config'), objectIn(members, 'config'), rootfs !== ''),
  };
}

function valuesOf(text: string, what: string): Values {
  if (!text.trimStart().startsWith('{')) throw new NotASource(`${what} is no JSON object.`);
  const values = new Map<string, Value>();
  for (const { key, kind, start, end } of readMembers(text)) {
    if (values.has(key)) throw new NotASource(`${JSON.stringify(key)} is in ${what} twice: pvr would take the last one.`);
    values.set(key, { kind, raw: text.slice(start, end) });
  }
  return values;
}

/** A member that says something; Go takes null for what is not there. */
function said(members: Values, name: string): Value | undefined {
  const value = members.get(name);
  return value === undefined || value.raw === 'null' ? undefined : value;
}

function stringIn(members: Values, name: string): string {
  const value = said(members, name);
  if (value === undefined) return '';
  const text = textOf(value.raw);
  if (text === undefined) throw new NotASource(`"${name}" in src.json is no text.`);
  return text;
}

function objectIn(members: Values, name: string): Values | undefined {
  const value = said(members, name);
  return value === undefined ? undefined : valuesOf(value.raw, `"${name}" in src.json`);
}

function listIn(members: Values, name: string): string | undefined {
  const value = said(members, name);
  if (value === undefined) return undefined;
  if (value.kind !== 'array') throw new NotASource(`"${name}" in src.json is no list.`);
  return /^\[\s*\]$/.test(value.raw) ? undefined : value.raw;
}

function argumentsOf(args: Values): ReadonlyMap<string, string> {
  for (const name of textArguments) {
    const value = said(args, name);
    if (value !== undefined && value.kind !== 'string') {
      throw new NotASource(`The argument ${name} in src.json is no text, and pvr takes nothing else for it.`);
    }
  }
  return new Map([...args].flatMap(([name, { raw }]) => (raw === 'null' ? [] : [[name, raw]])));
}

function enabledOf(flags: Values): ReadonlySet<string> {
  const enabled = new Set<string>();
  for (const [name, { raw }] of flags) {
    if (raw !== 'true' && raw !== 'false' && raw !== 'null') {
      throw new NotASource(`"dm_enabled" in src.json says neither true nor false of ${JSON.stringify(name)}.`);
    }
    if (raw === 'true') enabled.add(name);
  }
  return enabled;
}

function persistenceOf(volumes: Values): ReadonlyMap<string, string> {
  const persistence = new Map<string, string>();
  for (const [volume, { raw }] of volumes) {
    const kind = raw === 'null' ? '' : textOf(raw);
    if (kind === undefined) throw new NotASource(`"persistence" in src.json has no text for ${JSON.stringify(volume)}.`);
    persistence.set(volume, kind);
  }
  return persistence;
}

/** The keys of `Volumes` in the image's configuration, which `config` overlays by its own members that are not null. */
function imageVolumesOf(image: Values | undefined, own: Values | undefined, isRootFs: boolean): readonly string[] | undefined {
  if (image === undefined && !isRootFs) return undefined;
  const volumes = said(own ?? new Map(), 'Volumes') ?? said(image ?? new Map(), 'Volumes');
  return volumes === undefined ? [] : [...valuesOf(volumes.raw, '"Volumes" in src.json').keys()];
}
