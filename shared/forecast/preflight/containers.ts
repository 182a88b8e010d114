import { quote } from '../../state/canonical.ts';
import { type Container, containersOf } from '../../state/containers.ts';
import { type Manifest, manifestAt, member } from '../../state/manifest.ts';
import { withMember } from '../../state/splice.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFinding } from '../preflight-types.ts';
import { exactText } from './manifest-parts.ts';
import { type Told, told } from './told.ts';

const linking = 'pantavisor parser/parser_system1.c, system1_link_object_json_platforms';

/** What is wrong with what containers say of themselves, apart from the files and the group that they name. */
export function containerFindings(state: StateDocument): readonly PreflightFinding[] {
  const containers = containersOf(state);
  return [
    ...containers.flatMap((container) => {
      const manifest = manifestAt(state, container.runKey);
      return manifest === undefined ? [] : [...nameFindings(container, manifest), ...startFindings(container, manifest)];
    }),
    ...sameNames(containers),
  ];
}

function nameFindings({ runKey: key, folder, name }: Container, manifest: Manifest): readonly PreflightFinding[] {
  if (name === folder.split('/')[0]) return [];
  const text = `The container is called ${name}, and its folder ${folder}: the device goes by the name, so that what is in the folder belongs to nobody.`;
  const fix = folder.includes('/')
    ? undefined
    : ({ kind: 'json', label: `Call it ${folder}`, key, text: withMember(manifest.raw, 'name', quote(folder)) } as const);
  const advice = 'Give the container the name of its folder.';
  return [
    told({
      rule: 'container-name',
      severity: 'notice',
      key,
      pointer: '/name',
      text,
      source: linking,
      advice,
      ...(fix && { fix }),
    }),
  ];
}

/** What the device needs to start a container, and takes for granted that it is there. */
function startFindings({ runKey: key, statusGoal }: Container, manifest: Manifest): readonly PreflightFinding[] {
  const findings: PreflightFinding[] = [];
  const say = (one: Omit<Told, 'severity' | 'key'>) => findings.push(told({ severity: 'fails', key, ...one }));
  if (member(manifest, 'type') === undefined) {
    say({
      rule: 'type-missing',
      text: 'Without a type the device accepts the state, and the update ends in an unexpected rollback.',
      source: 'pantavisor platforms.c, _pv_platforms_get_ctrl; seen in recording 08d',
      advice: 'Add "type": "lxc".',
      fix: { kind: 'json', label: 'Add "type": "lxc"', key, text: withMember(manifest.raw, 'type', '"lxc"') },
    });
  }
  // A container that is only mounted is never started.
  if (statusGoal === 'MOUNTED') return findings;
  const type = exactText(manifest, 'type');
  if (type !== undefined && type !== 'lxc') {
    say({
      rule: 'type-unknown',
      pointer: '/type',
      text: `The device knows the container type lxc alone: one of type ${JSON.stringify(type)} can’t be started.`,
      source: 'pantavisor platforms.c, pv_platform_start (no plugin for platform type)',
      advice: 'Set the type to lxc.',
      fix: { kind: 'json', label: 'Make it lxc', key, text: withMember(manifest.raw, 'type', '"lxc"') },
    });
  }
  if (member(manifest, 'config') === undefined) {
    say({
      rule: 'config-missing',
      text: 'It names no config: the device’s daemon dies when it starts the container, and goes back to the last checkpoint.',
      source: 'pantavisor platforms.c, pv_platform_start',
      advice: 'Name the container’s LXC configuration, such as "config": "lxc.container.conf".',
    });
  }
  if (member(manifest, 'root-volume') === undefined && member(manifest, 'volumes') === undefined) {
    say({
      rule: 'root-volume-missing',
      text: 'It names no root-volume: the container has no root file system and can’t be started.',
      source: 'pantavisor state.c, pv_state_start_platform',
      advice: 'Name the container’s root file system, such as "root-volume": "root.squashfs".',
    });
  }
  return findings;
}

function sameNames(containers: readonly Container[]): readonly PreflightFinding[] {
  const first = new Map<string, Container>();
  return containers.flatMap((container): PreflightFinding[] => {
    const other = first.get(container.name);
    if (other === undefined) {
      first.set(container.name, container);
      return [];
    }
    const text = `${other.runKey} calls a container ${container.name} too: the files of both belong to that one.`;
    const advice = 'Give each container a name of its own.';
    const { runKey: key } = container;
    return [told({ rule: 'container-name-twice', severity: 'notice', key, pointer: '/name', text, source: linking, advice })];
  });
}
