import { pathOf } from './keys.ts';
import type { ManifestPlatform } from './manifest.ts';
import type { DeviceGroup, DevicePlatform, GroupOrigin, GroupsSource, Origin } from './model.ts';
import { DaemonCrash } from './verdicts.ts';

/**
 * Gives every container its group, and from it what its manifest leaves open.
 * Source: pantavisor state.c, pv_state_validate.
 * @throws DaemonCrash
 */
export function settlePlatforms(
  manifests: readonly ManifestPlatform[],
  groups: readonly DeviceGroup[],
  groupsSource: GroupsSource,
): readonly DevicePlatform[] {
  const byDefault = defaultGrouping(manifests, groups, groupsSource);
  return manifests.map((manifest) =>
    settle(manifest, manifest.group ? { group: manifest.group, origin: 'own' } : byDefault(manifest)),
  );
}

interface Grouping {
  readonly group: DeviceGroup;
  readonly origin: GroupOrigin;
}

/**
 * Where containers without a group go.
 * Source: pantavisor state.c, pv_state_set_default_runlevels (the device's own groups), pv_state_set_default_groups (explicit ones).
 */
function defaultGrouping(
  manifests: readonly ManifestPlatform[],
  groups: readonly DeviceGroup[],
  groupsSource: GroupsSource,
): (manifest: ManifestPlatform) => Grouping {
  const named = (name: string) => groups.find((group) => group.name === name);
  const last = groupsSource === 'defaults' ? named('platform') : groups.at(-1);
  const root = groupsSource === 'defaults' ? named('root') : undefined;
  const rootIsTaken = manifests.some(({ group }) => group !== undefined && group === root);
  const autoRoot = rootIsTaken ? undefined : manifests.find(({ group }) => group === undefined);
  return (manifest) => {
    if (root !== undefined && manifest === autoRoot) return { group: root, origin: 'auto-root' };
    if (last === undefined) throw new DaemonCrash(`container ${manifest.name} has no group, and the state has no groups at all`);
    return { group: last, origin: 'default' };
  };
}

function settle(manifest: ManifestPlatform, { group, origin }: Grouping): DevicePlatform {
  const inherited: Origin = origin === 'own' ? 'group' : 'default-group';
  return {
    ...identify(manifest.name, manifest.manifest),
    type: manifest.type,
    group,
    groupOrigin: origin,
    restartPolicy: manifest.restartPolicy ?? group.restartPolicy,
    restartPolicyOrigin: manifest.restartPolicy === undefined ? inherited : 'own',
    statusGoal: manifest.statusGoal ?? group.statusGoal,
    statusGoalOrigin: manifest.statusGoal === undefined ? inherited : 'own',
    roles: manifest.management ? ['mgmt'] : [],
  };
}

/** The names that a container goes by. */
export function identify(name: string, manifest: string): Pick<DevicePlatform, 'name' | 'manifest' | 'folder'> {
  return { name, manifest, folder: pathOf(manifest)[0] ?? manifest };
}
