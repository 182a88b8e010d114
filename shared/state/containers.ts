import {
  type Group,
  type GroupsInForce,
  groupsOf,
  isRestartPolicy,
  isStatusGoal,
  type RestartPolicy,
  type StatusGoal,
} from './groups.ts';
import { type Manifest, manifestAt, textMember, textsMember } from './manifest.ts';
import { containerFolders } from './parts.ts';
import type { StateDocument } from './state.ts';

/** What run.json itself says about the restart policy. */
export type OwnPolicy = 'inherit' | RestartPolicy;

/**
 * Why a container is in its group: `own` (run.json names it), `runlevel` (the older key does), `first` (nobody is in root, so the
 * first one without a group goes there), `default` (the shipped group platform), `last` (the last of the explicit groups),
 * `none` (there are no groups at all).
 */
export type GroupFrom = 'own' | 'runlevel' | 'first' | 'default' | 'last' | 'none';

export interface EffectivePolicy {
  readonly policy: RestartPolicy;
  /** `default`: neither run.json nor a known group says it. */
  readonly from: 'own' | 'group' | 'default';
  /** The group that it comes from. */
  readonly group?: string;
}

export interface Container {
  readonly name: string;
  readonly folder: string;
  readonly runKey: string;
  /** The key of the src.json that pvr renders run.json from, inline or an object, where there is one. */
  readonly srcKey: string | undefined;
  readonly type: string | undefined;
  readonly group: string | undefined;
  readonly groupFrom: GroupFrom;
  readonly ownPolicy: OwnPolicy;
  readonly restartPolicy: EffectivePolicy;
  readonly statusGoal: StatusGoal;
  /** As declared; a container that declares none gets `mgmt`. */
  readonly roles: readonly string[];
  readonly rootVolume: string | undefined;
  readonly volumes: readonly string[];
}

/** A document never changes, so what was read from it holds as long as it lives: several screens ask for each container in turn. */
const read = new WeakMap<StateDocument, readonly Container[]>();

/** The containers of a state in document order, with what applies to each after groups and defaults. */
export function containersOf(state: StateDocument): readonly Container[] {
  const known = read.get(state);
  if (known !== undefined) return known;
  const containers = readContainers(state);
  read.set(state, containers);
  return containers;
}

function readContainers(state: StateDocument): readonly Container[] {
  const inForce = groupsOf(state);
  const manifests = [...containerFolders(state)].flatMap(([folder, name]) => {
    const manifest = manifestAt(state, `${folder}/run.json`);
    return manifest === undefined ? [] : [{ folder, name, manifest }];
  });
  const groups = placeInGroups(
    manifests.map(({ manifest }) => manifest),
    inForce,
  );
  return manifests.map(({ folder, name, manifest }, index) => {
    const place = groups[index] ?? { group: undefined, from: 'none' };
    return readContainer(state, folder, name, manifest, place);
  });
}

interface Place {
  readonly group: string | undefined;
  readonly from: GroupFrom;
  readonly definition?: Group | undefined;
}

function readContainer(state: StateDocument, folder: string, name: string, manifest: Manifest, place: Place): Container {
  const own = textMember(manifest, 'restart_policy');
  const goal = textMember(manifest, 'status_goal');
  const srcKey = `${folder}/src.json`;
  return {
    name,
    folder,
    runKey: `${folder}/run.json`,
    srcKey: state.byKey.has(srcKey) ? srcKey : undefined,
    type: textMember(manifest, 'type'),
    group: place.group,
    groupFrom: place.from,
    ownPolicy: isRestartPolicy(own) ? own : 'inherit',
    restartPolicy: effectivePolicy(own, place),
    statusGoal: isStatusGoal(goal) ? goal : (place.definition?.statusGoal ?? 'STARTED'),
    roles: textsMember(manifest, 'roles') ?? ['mgmt'],
    rootVolume: textMember(manifest, 'root-volume'),
    volumes: textsMember(manifest, 'volumes') ?? [],
  };
}

function effectivePolicy(own: string | undefined, place: Place): EffectivePolicy {
  if (isRestartPolicy(own)) return { policy: own, from: 'own' };
  if (place.definition === undefined) return { policy: 'system', from: 'default' };
  return { policy: place.definition.restartPolicy, from: 'group', group: place.definition.name };
}

/**
 * Which group each container ends up in (pantavisor state.c, pv_state_set_default_runlevels and pv_state_set_default_groups): its
 * own; else, with the shipped groups, `platform`, or `root` for the first one when nobody names root; else the last group.
 */
function placeInGroups(manifests: readonly Manifest[], inForce: GroupsInForce): readonly Place[] {
  const named = manifests.map((manifest): Place | undefined => namedGroup(manifest, inForce.groups));
  let rootIsFree = inForce.from === 'default' && !named.some((place) => place?.group === 'root');
  return named.map((place): Place => {
    if (place !== undefined) return place;
    if (inForce.from !== 'default') {
      const last = inForce.groups.at(-1);
      return last === undefined ? { group: undefined, from: 'none' } : { group: last.name, from: 'last', definition: last };
    }
    const from = rootIsFree ? 'first' : 'default';
    rootIsFree = false;
    const group = from === 'first' ? 'root' : 'platform';
    return { group, from, definition: definitionOf(group, inForce.groups) };
  });
}

function namedGroup(manifest: Manifest, groups: readonly Group[]): Place | undefined {
  const own = textMember(manifest, 'group');
  if (own !== undefined) return { group: own, from: 'own', definition: definitionOf(own, groups) };
  const runlevel = textMember(manifest, 'runlevel');
  const definition = runlevel === undefined ? undefined : definitionOf(runlevel, groups);
  return definition === undefined ? undefined : { group: definition.name, from: 'runlevel', definition };
}

function definitionOf(name: string, groups: readonly Group[]): Group | undefined {
  return groups.find((group) => group.name === name);
}
