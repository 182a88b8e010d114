import { quote } from './canonical.ts';
import { type Container, containersOf } from './containers.ts';
import { type GroupsInForce, groupsOf, trackedGroups } from './groups.ts';
import { type Manifest, manifestAt, member, readManifest, textMember } from './manifest.ts';
import { containerFolders } from './parts.ts';
import { withMember } from './splice.ts';
import type { StateDocument } from './state.ts';

/**
 * Something in a state that a person should look at. `error`: the device refuses the state, or the update fails; `warning`: it is likely
 * not what was meant. `pointer` (RFC 6901) is the place in the entry's JSON.
 */
export interface StateProblem {
  readonly severity: 'error' | 'warning';
  readonly key: string;
  readonly pointer: string;
  readonly text: string;
  readonly fix?: ProblemFix;
}

/** What mends a problem where that is obvious: another text for the entry, or the group left to the defaults (run.json and src.json). */
export type ProblemFix =
  | { readonly kind: 'json'; readonly label: string; readonly key: string; readonly text: string }
  | { readonly kind: 'inherit-group'; readonly label: string; readonly container: string };

/**
 * Where entries name something that is not there, or one thing twice. Nothing is said of what the state alone does not tell: signatures,
 * presence of objects, space (pantavisor parser_system1.c; recordings of missing files end "A container could not be started").
 */
export function stateProblems(state: StateDocument): readonly StateProblem[] {
  const containers = containersOf(state);
  const inForce = groupsOf(state);
  const drivers = driverNames(state);
  return [
    ...containers.flatMap((container) => containerProblems(state, container, inForce, drivers)),
    ...sameNames(containers),
    ...bspProblems(state),
    ...groupProblems(state, inForce),
    ...overlayProblems(state),
  ];
}

function containerProblems(
  state: StateDocument,
  container: Container,
  inForce: GroupsInForce,
  drivers: ReadonlySet<string> | undefined,
): readonly StateProblem[] {
  const { runKey, folder, name } = container;
  const manifest = manifestAt(state, runKey);
  if (manifest === undefined) return [];
  const problems: StateProblem[] = [];
  const say = (severity: StateProblem['severity'], pointer: string, text: string, fix?: ProblemFix) =>
    problems.push({ severity, key: runKey, pointer, text, ...(fix && { fix }) });
  const json = (label: string, text: string): ProblemFix => ({ kind: 'json', label, key: runKey, text });

  if (name !== folder.split('/')[0]) {
    say(
      'warning',
      '/name',
      `The container is called ${name}, and its folder ${folder}: the device goes by the name, so that what is in the folder belongs to nobody.`,
      folder.includes('/') ? undefined : json(`Call it ${folder}`, withMember(manifest.raw, 'name', quote(folder))),
    );
  }
  if (member(manifest, 'type') === undefined && container.statusGoal !== 'MOUNTED') {
    say(
      'error',
      '',
      'Without a type the device accepts the state, and the update ends in an unexpected rollback.',
      json('Add "type": "lxc"', withMember(manifest.raw, 'type', '"lxc"')),
    );
  }
  if (container.groupFrom === 'own' && !inForce.groups.some((group) => group.name === container.group)) {
    const known = inForce.groups.map((group) => group.name).join(', ');
    say(
      'error',
      '/group',
      `There is no group ${JSON.stringify(container.group)}: the device refuses the state. There are ${known || 'none'}.`,
      {
        kind: 'inherit-group',
        label: 'Leave the group out',
        container: name,
      },
    );
  }
  problems.push(...fileProblems(state, container, manifest), ...driverProblems(runKey, manifest, drivers));
  return problems;
}

/** Files that a container names and that are no entries of its folder. */
function fileProblems(state: StateDocument, { runKey, folder }: Container, manifest: Manifest): readonly StateProblem[] {
  const problems: StateProblem[] = [];
  const missing = (file: string) => !state.byKey.has(`${folder}/${file}`);
  const say = (pointer: string, file: string, then: string, fix?: ProblemFix) =>
    problems.push({
      severity: 'error',
      key: runKey,
      pointer,
      text: `There is no ${folder}/${file}: ${then}`,
      ...(fix && { fix }),
    });

  const root = textMember(manifest, 'root-volume');
  const rootFile = root === undefined ? undefined : fileOf(root);
  if (rootFile !== undefined && missing(rootFile)) {
    const [only, ...others] = state.entries.filter(({ key }) => key.startsWith(`${folder}/`) && key.endsWith('.squashfs'));
    const file = only?.key.slice(folder.length + 1);
    const fix: ProblemFix | undefined =
      file === undefined || others.length > 0 || file.includes('/')
        ? undefined
        : { kind: 'json', label: `Use ${file}`, key: runKey, text: withMember(manifest.raw, 'root-volume', quote(file)) };
    say('/root-volume', rootFile, 'the container has no root file system.', fix);
  }
  const config = textMember(manifest, 'config');
  if (config !== undefined && config !== '' && missing(config)) say('/config', config, 'the container can’t be started.');
  const seen = new Set<string>(rootFile === undefined ? [] : [rootFile]);
  for (const [index, volume] of volumesOf(manifest).entries()) {
    const file = fileOf(volume);
    const pointer = `/volumes/${index}`;
    if (missing(file)) say(pointer, file, 'the volume can’t be mounted.');
    if (seen.has(file)) problems.push({ severity: 'warning', key: runKey, pointer, text: `The volume ${file} is named twice.` });
    seen.add(file);
  }
  return problems;
}

function driverProblems(key: string, manifest: Manifest, known: ReadonlySet<string> | undefined): readonly StateProblem[] {
  const raw = rawOf(manifest, 'drivers');
  const lists = raw === undefined ? undefined : readManifest(raw);
  if (lists === undefined || known === undefined) return [];
  return (['required', 'optional', 'manual'] as const).flatMap((list) =>
    textsOf(rawOf(lists, list)).flatMap((driver, index): StateProblem[] =>
      known.has(driver)
        ? []
        : [
            {
              severity: list === 'required' ? 'error' : 'warning',
              key,
              pointer: `/drivers/${list}/${index}`,
              text: `bsp/drivers.json has no driver ${driver}.`,
            },
          ],
    ),
  );
}

function sameNames(containers: readonly Container[]): readonly StateProblem[] {
  const first = new Map<string, Container>();
  return containers.flatMap((container): StateProblem[] => {
    const other = first.get(container.name);
    if (other === undefined) {
      first.set(container.name, container);
      return [];
    }
    const text = `${other.runKey} calls a container ${container.name} too: the files of both belong to that one.`;
    return [{ severity: 'warning', key: container.runKey, pointer: '/name', text }];
  });
}

/** The files of the base system that bsp/run.json names. */
function bspProblems(state: StateDocument): readonly StateProblem[] {
  const manifest = manifestAt(state, 'bsp/run.json');
  if (manifest === undefined) return [];
  return (['linux', 'initrd', 'fdt', 'fit', 'firmware', 'modules'] as const).flatMap((field): StateProblem[] => {
    const file = exactText(manifest, field);
    if (file === undefined || file === '' || state.byKey.has(`bsp/${fileOf(file)}`)) return [];
    const severity = field === 'linux' || field === 'initrd' || field === 'fit' ? 'error' : 'warning';
    const text = `There is no bsp/${fileOf(file)}${severity === 'error' ? ': the board can’t boot this revision' : ''}.`;
    return [{ severity, key: 'bsp/run.json', pointer: `/${field}`, text }];
  });
}

function groupProblems(state: StateDocument, inForce: GroupsInForce): readonly StateProblem[] {
  const problems: StateProblem[] = [];
  if (inForce.from === 'device.json' && state.byKey.has('groups.json')) {
    const text = 'The device ignores it: device.json is there, and its groups count.';
    problems.push({ severity: 'warning', key: 'groups.json', pointer: '', text });
  }
  const groups = inForce.from === 'groups.json' ? trackedGroups(state) : inForce.from === 'device.json' ? inForce.groups : [];
  const seen = new Set<string>();
  for (const [index, { name }] of groups.entries()) {
    if (seen.has(name)) {
      const pointer = inForce.from === 'device.json' ? `/groups/${index}` : `/${index}`;
      const text = `There are two groups ${name}: containers are put into the first.`;
      problems.push({ severity: 'warning', key: inForce.from, pointer, text });
    }
    seen.add(name);
  }
  return problems;
}

/** Files that are laid over a container that is not there: they belong to nobody, so that each change of them reboots the board. */
function overlayProblems(state: StateDocument): readonly StateProblem[] {
  const names = new Set(containerFolders(state).values());
  const told = new Set<string>();
  return state.entries.flatMap(({ key }): StateProblem[] => {
    const [first, owner] = key.split('/');
    if (first !== '_config' || owner === undefined || names.has(owner) || told.has(owner)) return [];
    told.add(owner);
    const text = `There is no container ${owner}: what is under _config/${owner} belongs to nobody, and reboots the board when it changes.`;
    return [{ severity: 'warning', key, pointer: '', text }];
  });
}

function driverNames(state: StateDocument): ReadonlySet<string> | undefined {
  const manifest = manifestAt(state, 'bsp/drivers.json');
  const all = manifest === undefined ? undefined : rawOf(manifest, 'all');
  const drivers = all === undefined ? undefined : readManifest(all);
  return drivers === undefined ? undefined : new Set(drivers.members.map(({ key }) => key));
}

/** `dm:root.squashfs` names the file root.squashfs, read through dm-verity (pvr builtin-lxc-docker.go). */
function fileOf(volume: string): string {
  return volume.startsWith('dm:') ? volume.slice('dm:'.length) : volume;
}

function volumesOf(manifest: Manifest): readonly string[] {
  return textsOf(rawOf(manifest, 'volumes'));
}

/** The member of exactly this name: `name` must not be found where `namespace` is meant. */
function rawOf(manifest: Manifest, key: string): string | undefined {
  const found = manifest.members.find((candidate) => candidate.key === key);
  return found === undefined ? undefined : manifest.raw.slice(found.start, found.end);
}

function exactText(manifest: Manifest, key: string): string | undefined {
  const value: unknown = JSON.parse(rawOf(manifest, key) ?? 'null');
  return typeof value === 'string' ? value : undefined;
}

/** A list's texts at their places; other items are empty texts, which no file or driver is called. */
function textsOf(raw: string | undefined): readonly string[] {
  const value: unknown = JSON.parse(raw ?? '[]');
  return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : '')) : [];
}
