import { canonicalize, quote } from './canonical.ts';
import { CanonicalNumberError } from './canonical-number.ts';
import { type Container, containersOf, type OwnPolicy } from './containers.ts';
import { type Edited, setJson } from './edit.ts';
import { groupsOf, trackedGroups } from './groups.ts';
import { manifestAt, readManifest } from './manifest.ts';
import { withMember, withoutMembers } from './splice.ts';
import type { StateDocument } from './state.ts';

/**
 * Sets or clears a container's own restart policy: run.json's `restart_policy` and src.json's `args.PV_RESTART_POLICY` together, as
 * `pvr app install` renders one from the other (pvr builtin-lxc-docker.go). `inherit` removes both. Both values are written in canonical
 * form; numbers keep every digit. A container without src.json has only its run.json changed.
 */
export function setRestartPolicy(state: StateDocument, containerName: string, policy: OwnPolicy): Edited {
  const value = policy === 'inherit' ? undefined : policy;
  return setSetting(state, containerName, { runKey: 'restart_policy', arg: 'PV_RESTART_POLICY', inRun: value, inArgs: value });
}

/** Puts a container into a group by name, or leaves the group to the device's defaults. */
export type GroupChoice = { readonly kind: 'group'; readonly name: string } | { readonly kind: 'inherit' };

/**
 * Sets or clears a container's group: run.json's `group` and src.json's `args.PV_GROUP`. On `inherit` pvr still writes the last group of
 * the state's groups.json into run.json, where there is one (pvr applib.go), and so does this. Refuses a group that is not in force,
 * because the device refuses such a state.
 */
export function setGroup(state: StateDocument, containerName: string, choice: GroupChoice): Edited {
  if (choice.kind === 'group') {
    const { groups, from } = groupsOf(state);
    if (!groups.some(({ name }) => name === choice.name)) {
      const known = groups.map(({ name }) => name).join(', ');
      return refuse(`There is no group ${choice.name}: the groups in force (${from}) are ${known || 'none'}.`);
    }
    return setSetting(state, containerName, { runKey: 'group', arg: 'PV_GROUP', inRun: choice.name, inArgs: choice.name });
  }
  const container = containersOf(state).find(({ name }) => name === containerName);
  const inRun = container === undefined ? undefined : installedGroup(state, container);
  return setSetting(state, containerName, { runKey: 'group', arg: 'PV_GROUP', inRun, inArgs: undefined });
}

interface Setting {
  readonly runKey: string;
  readonly arg: string;
  /** The text to write, or undefined to remove the member. */
  readonly inRun: string | undefined;
  readonly inArgs: string | undefined;
}

function setSetting(state: StateDocument, containerName: string, setting: Setting): Edited {
  const container = containersOf(state).find(({ name }) => name === containerName);
  if (container === undefined) return refuse(problemWithoutContainer(state, containerName));
  try {
    const run = setInRun(state, container, setting);
    return run.ok ? setInSrc(run.state, container, setting) : run;
  } catch (error) {
    if (error instanceof CanonicalNumberError) return refuse(`${containerName}: ${error.message}.`);
    throw error;
  }
}

function setInRun(state: StateDocument, container: Container, { runKey, inRun }: Setting): Edited {
  const manifest = manifestAt(state, container.runKey);
  if (manifest === undefined) return refuse(`${container.runKey} is no inline JSON object.`);
  return setJson(state, container.runKey, withText(canonicalize(manifest.raw), runKey, inRun));
}

function setInSrc(state: StateDocument, container: Container, { arg, inArgs }: Setting): Edited {
  if (container.srcKey === undefined) return { ok: true, state };
  const src = manifestAt(state, container.srcKey);
  if (src === undefined) {
    const why = state.byKey.get(container.srcKey)?.kind === 'object' ? 'is kept as an object' : 'is no JSON object';
    return refuse(`${container.srcKey} ${why}: it can't be changed together with run.json, and pvr would undo the change.`);
  }
  const text = canonicalize(src.raw);
  const args = src.members.find(({ key }) => key === 'args');
  if (args === undefined && inArgs === undefined) return { ok: true, state };
  const before = args === undefined ? '{}' : src.raw.slice(args.start, args.end);
  if (readManifest(before) === undefined) return refuse(`"args" in ${container.srcKey} is no JSON object.`);
  return setJson(state, container.srcKey, withMember(text, 'args', withText(canonicalize(before), arg, inArgs)));
}

function withText(objectText: string, key: string, value: string | undefined): string {
  return value === undefined ? withoutMembers(objectText, new Set([key])) : withMember(objectText, key, quote(value));
}

/**
 * The group that pvr gives an app without PV_GROUP (applib.go): the last of groups.json, but none when PV_RUNLEVEL is set.
 * Where device.json hides groups.json from the device, a group that only groups.json knows would be refused: then none either.
 */
function installedGroup(state: StateDocument, container: Container): string | undefined {
  const last = trackedGroups(state).at(-1)?.name;
  if (last === undefined || isSet(argument(state, container, 'PV_RUNLEVEL'))) return undefined;
  return groupsOf(state).groups.some(({ name }) => name === last) ? last : undefined;
}

function argument(state: StateDocument, container: Container, name: string): string | undefined {
  const src = container.srcKey === undefined ? undefined : manifestAt(state, container.srcKey);
  const args = src?.members.find(({ key }) => key === 'args');
  const values = src === undefined || args === undefined ? undefined : readManifest(src.raw.slice(args.start, args.end));
  const found = values?.members.find(({ key }) => key === name);
  return values === undefined || found === undefined ? undefined : values.raw.slice(found.start, found.end);
}

/** pvr's templates take an empty text and null for absent. */
function isSet(raw: string | undefined): boolean {
  return raw !== undefined && raw !== '""' && raw !== 'null';
}

function problemWithoutContainer(state: StateDocument, name: string): string {
  const run = state.byKey.get(`${name}/run.json`);
  if (run?.kind === 'object') return `${run.key} is kept as an object: its restart policy and group can't be edited here.`;
  return `There is no container ${name}.`;
}

function refuse(reason: string): Edited {
  return { ok: false, reason };
}
