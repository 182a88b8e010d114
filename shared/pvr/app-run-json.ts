import { compareCodePoints, quote } from '../state/canonical.ts';
import type { AppSource } from './app-source.ts';
import { textOf } from './app-source.ts';
import { goJson, indentJson } from './json-text.ts';

export type RunJsonRendering =
  | {
      readonly ok: true;
      readonly text: string;
      /** Where pvr itself would write something else, because it does not escape or joins lists wrongly; sentences. */
      readonly deviations: readonly string[];
    }
  /** pvr would write none either, or none that can be known; `reason` is a sentence. */
  | { readonly ok: false; readonly reason: string };

/** The template that every app has; pvr knows no other (pvr templates.go). */
const knownTemplate = 'builtin-lxc-docker';

class NotRendered extends Error {}

/**
 * run.json as `pvr app install` renders it from src.json (pvr templates/builtin-lxc-docker.go, RUN_JSON), character by character where
 * pvr writes valid JSON. Where it does not (two or more volumes, texts that need escapes), this is what was meant.
 * @param group see effectiveGroup
 */
export function renderRunJson(name: string, source: AppSource, group: string | undefined): RunJsonRendering {
  if (!source.rendered)
    return { ok: false, reason: `${name} was taken from ${source.image}: pvr leaves its run.json as it came.` };
  if (source.template !== knownTemplate) {
    const named = source.template === '' ? 'no template' : `the template ${source.template}`;
    return { ok: false, reason: `src.json names ${named}, and ${knownTemplate} is the only one that pvr knows.` };
  }
  try {
    const deviations: string[] = [];
    return { ok: true, text: rendered(name, source, group, deviations), deviations };
  } catch (error) {
    if (error instanceof NotRendered) return { ok: false, reason: error.message };
    throw error;
  }
}

/**
 * The group that an app gets (libpvr/applib.go): its own; without one and without a run level the last of groups.json, however that is
 * called on the device; else none. An empty text is a group of its own that is then left out.
 */
export function effectiveGroup(source: AppSource, lastGroup: string | undefined): string | undefined {
  const own = textOf(source.args.get('PV_GROUP'));
  if (own !== undefined) return own === '' ? undefined : own;
  return source.args.has('PV_RUNLEVEL') || lastGroup === '' ? undefined : lastGroup;
}

/** Whether pvr gives the app an LXC configuration: it is one that runs, and not one that only has its volumes mounted. */
export function hasLxcConf({ args }: AppSource): boolean {
  return textOf(args.get('PV_RUNLEVEL')) !== 'data' && textOf(args.get('PV_STATUS_GOAL')) !== 'MOUNTED';
}

/** The volumes that are kept, by path: those of the image are permanent unless src.json says otherwise (pvr pvr-funcs.go). Sorted. */
export function keptVolumes({ imageVolumes = [], persistence }: AppSource): ReadonlyMap<string, string> {
  const kept = new Map(imageVolumes.map((path) => [trimSlash(path), 'permanent']));
  for (const [path, kind] of persistence) kept.set(trimSlash(path), kind);
  return new Map([...kept].sort(([a], [b]) => compareCodePoints(a, b)));
}

/** A volume as run.json and the device name it. */
export function volumeName(path: string): string {
  return `docker-${trimSlash(path).replaceAll('/', '-')}`;
}

export const overlayVolume = 'lxc-overlay';

function rendered(name: string, source: AppSource, group: string | undefined, deviations: string[]): string {
  const { args } = source;
  const say = (text: string, where: string): string => {
    if (/["\\\u0000-\u001f]/.test(text)) deviations.push(`pvr does not escape ${where}, and would write an invalid run.json.`);
    return quote(text);
  };
  const member = (arg: string, key: string): string => {
    const raw = args.get(arg);
    return raw === undefined || !isTruthy(raw) ? '' : `\t"${key}": ${say(printed(raw, arg), arg)},\n`;
  };
  const conf = hasLxcConf(source);
  const conditions = truthy(args.get('PV_CONDITIONS'));
  return [
    '{\n\t"#spec": "service-manifest-run@1",\n',
    `\t"name":${say(name, 'the name')},\n`,
    conf ? '\t"config": "lxc.container.conf",\n' : '',
    conditions === undefined ? '' : `\t"conditions":${laidOut(conditions, '\t')},\n`,
    `\t"drivers": {\n${['manual', 'required', 'optional'].map((kind) => driversOf(kind, args)).join(',\n')}\n\t},\n`,
    group === undefined ? '' : `\t"group": ${say(group, 'the group')},\n`,
    member('PV_RUNLEVEL', 'runlevel'),
    member('PV_RESTART_POLICY', 'restart_policy'),
    member('PV_STATUS_GOAL', 'status_goal'),
    `\t"storage":{${storageOf(source, say)}\n\t},`,
    conf ? runningPart(source) : '',
    `\n\t"root-volume": ${quote(rootVolumeOf(source))},\n`,
    `\t"volumes":[\n\t\t\n\t\t\n\t\t${volumesOf(source, say, deviations)}\n\t]\n}`,
  ].join('');
}

type Say = (text: string, where: string) => string;

/** As Go's `json.MarshalIndent` does, with `prefix` before every line but the first. */
function laidOut(raw: string, prefix: string): string {
  return indentJson(goJson(raw), '  ').replaceAll('\n', `\n${prefix}`);
}

function driversOf(kind: string, args: AppSource['args']): string {
  const drivers = truthy(args.get(`PV_DRIVERS_${kind.toUpperCase()}`));
  return `\t\t"${kind}":${drivers === undefined ? '[]' : ` ${goJson(drivers)}`}`;
}

function storageOf(source: AppSource, say: Say): string {
  const volumes = new Map<string, string>();
  for (const [path, kind] of keptVolumes(source)) {
    if (path !== overlayVolume) volumes.set(volumeName(path), kind);
  }
  const others = [...volumes].map(([volume, kind]) => `\n\t\t${say(volume, 'a volume')}: {${persistenceOf(kind, say)}\n\t\t},`);
  return `${others.join('')}\n\t\t"${overlayVolume}" : {${persistenceOf(source.persistence.get(overlayVolume) || 'boot', say)}\n\t\t}`;
}

function persistenceOf(kind: string, say: Say): string {
  const parts = kind.split('@');
  const persistence = `\n\t\t\t"persistence": ${say(parts[0] ?? '', 'a persistence')}`;
  return parts.length === 1 ? persistence : `${persistence},\n\t\t\t"disk": ${say(parts.at(-1) ?? '', 'a disk')}`;
}

function runningPart({ exports, logs, args }: AppSource): string {
  const roles = truthy(args.get('PV_ROLES'));
  const margin = ' '.repeat(8);
  return [
    exports === undefined ? '' : `"exports":         ${laidOut(exports, margin)},`,
    logs === undefined ? '' : `"logs":         ${laidOut(logs, margin)},`,
    '\n\t"type":"lxc",',
    roles === undefined ? '' : `\n\t"roles":        ${laidOut(roles, margin)},`,
  ].join('');
}

function rootVolumeOf({ dmEnabled, dockerOvlDigest, base }: AppSource): string {
  const verified = dmEnabled.has('root.ovl.squashfs') || dmEnabled.has('root.squashfs');
  return `${verified ? 'dm:' : ''}${dockerOvlDigest !== '' && base !== '' ? 'root.ovl.squashfs' : 'root.squashfs'}`;
}

function volumesOf({ args, dockerOvlDigest, base }: AppSource, say: Say, deviations: string[]): string {
  const extra = textOf(args.get('PV_EXTRA_VOLUMES')) || undefined;
  const mounts = textOf(args.get('PV_VOLUME_MOUNTS')) || undefined;
  const volumes = [
    ...(extra?.split(',') ?? []),
    ...(mounts?.split(',').map((mount) => mount.split(':')[0] ?? '') ?? []),
    ...(dockerOvlDigest !== '' && base === '' ? ['root.ovl.squashfs'] : []),
  ];
  if (volumes.length > 1) {
    deviations.push('pvr joins two or more volumes wrongly, and would write an invalid run.json.');
  }
  return volumes.map((volume) => say(volume, 'a volume')).join(',\n\t\t');
}

/** What Go's templates print for a value between quotes. */
function printed(raw: string, arg: string): string {
  const text = textOf(raw);
  if (text !== undefined) return text;
  if (raw.startsWith('[') || raw.startsWith('{')) {
    throw new NotRendered(`The argument ${arg} in src.json is no text: what pvr would print for it is no use to a device.`);
  }
  return raw;
}

function truthy(raw: string | undefined): string | undefined {
  return raw !== undefined && isTruthy(raw) ? raw : undefined;
}

/** What Go's templates take for true: pvr reads numbers as texts, so that 0 counts too. */
function isTruthy(raw: string): boolean {
  return !/^(""|false|null|\[\s*\]|\{\s*\})$/.test(raw);
}

function trimSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
