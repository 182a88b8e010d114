import { containersOf } from '../../state/containers.ts';
import { groupsOf, trackedGroups } from '../../state/groups.ts';
import { containerFolders } from '../../state/parts.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFinding } from '../preflight-types.ts';
import { told } from './told.ts';

const parsing = 'pantavisor parser/parser_system1.c, system1_parse_groups';

/** A container's own group that the state does not have: the device's parser refuses that (recording 08e). */
export function unknownGroups(state: StateDocument): readonly PreflightFinding[] {
  const inForce = groupsOf(state);
  const known = new Set(inForce.groups.map(({ name }) => name));
  return containersOf(state).flatMap((container): PreflightFinding[] => {
    if (container.groupFrom !== 'own' || container.group === undefined || known.has(container.group)) return [];
    const there = [...known].join(', ');
    return [
      told({
        rule: 'group-unknown',
        severity: 'refused',
        key: container.runKey,
        pointer: '/group',
        text: `There is no group ${JSON.stringify(container.group)}: the device refuses the state. There are ${there || 'none'}.`,
        source: 'pantavisor parser/parser_system1.c, do_action_for_group; seen in recording 08e',
        advice: 'Name a group that is there, or leave it out.',
        fix: { kind: 'inherit-group', label: 'Leave the group out', container: container.name },
      }),
    ];
  });
}

/** Groups that count for nothing, or twice. */
export function groupFindings(state: StateDocument): readonly PreflightFinding[] {
  const inForce = groupsOf(state);
  const findings: PreflightFinding[] = [];
  if (inForce.from === 'device.json' && state.byKey.has('groups.json')) {
    const text = 'The device ignores it: device.json is there, and its groups count.';
    const advice = 'Put the groups into device.json, and remove this entry.';
    findings.push(told({ rule: 'groups-ignored', severity: 'notice', key: 'groups.json', text, source: parsing, advice }));
  }
  const groups = inForce.from === 'groups.json' ? trackedGroups(state) : inForce.from === 'device.json' ? inForce.groups : [];
  const seen = new Set<string>();
  for (const [index, { name }] of groups.entries()) {
    if (seen.has(name)) {
      const pointer = inForce.from === 'device.json' ? `/groups/${index}` : `/${index}`;
      const text = `There are two groups ${name}: containers are put into the first.`;
      const source = 'pantavisor state.c, pv_state_fetch_group';
      const advice = 'Keep one of them.';
      findings.push(told({ rule: 'group-twice', severity: 'notice', key: inForce.from, pointer, text, source, advice }));
    }
    seen.add(name);
  }
  return findings;
}

/** Files that are laid over a container that is not there: they belong to nobody, so that each change of them reboots the board. */
export function overlayFindings(state: StateDocument): readonly PreflightFinding[] {
  const names = new Set(containerFolders(state).values());
  const seen = new Set<string>();
  return state.entries.flatMap(({ key }): PreflightFinding[] => {
    const [first, owner] = key.split('/', 2);
    if (first !== '_config' || owner === undefined || names.has(owner) || seen.has(owner)) return [];
    seen.add(owner);
    const text = `There is no container ${owner}: what is under _config/${owner} belongs to nobody, and reboots the board when it changes.`;
    const source = 'pantavisor parser/parser_system1.c, system1_link_object_json_platforms';
    const advice = 'Remove it together with the container, or bring the container back.';
    return [told({ rule: 'overlay-of-nobody', severity: 'notice', key, text, source, advice })];
  });
}
