/** Builds the states of the demo fleet, and the objects that they name. */
import { createHash } from 'node:crypto';
import { canonicalize } from '../../../shared/state/canonical.ts';
import type { SeedObject } from '../options.ts';
import { BASE_SYSTEM, BOARDS, type BoardName, type ImageName, imageOf } from './catalog.ts';

/** What a revision is made of, before it is written as a state. */
export type Composition = {
  readonly board: BoardName;
  /** The base system's version. */
  readonly bsp: string;
  /** Containers and their versions, in the order of the state. */
  readonly containers: Readonly<Partial<Record<ImageName, string>>>;
  readonly policies: Readonly<Partial<Record<ImageName, 'system' | 'container'>>>;
  /** Files by their key: `_config/…` and the like. JSON under `.json` keys is written inline. */
  readonly files: Readonly<Record<string, string>>;
};

/** Objects that were named so far, made once however many devices use them. */
export type Objects = Map<string, SeedObject>;

/**
 * The canonical text of a composition's state; what it names is put into `objects`.
 * @param scale what the sizes of large objects are multiplied with.
 */
export function stateOf(made: Composition, to: Objects, scale = 1): string {
  const objects = { to, scale };
  const state: Record<string, unknown> = { '#spec': 'pantavisor-service-system@1', ...baseSystem(made, objects) };
  for (const [name, version] of versionsOf(made)) Object.assign(state, containerEntries(made, name, version, objects));
  for (const [key, text] of Object.entries(made.files))
    state[key] = key.endsWith('.json') ? JSON.parse(text) : small(text, objects);
  return canonicalize(JSON.stringify(state));
}

type Shelf = { readonly to: Objects; readonly scale: number };

function versionsOf({ containers }: Composition): readonly (readonly [ImageName, string])[] {
  const names = Object.keys(containers).filter((name): name is ImageName => name in containers);
  return names.flatMap((name) => {
    const version = containers[name];
    return version === undefined ? [] : [[name, version] as const];
  });
}

function baseSystem({ board, bsp }: Composition, objects: Shelf): Readonly<Record<string, unknown>> {
  const parts = Object.entries(BASE_SYSTEM).map(([key, bytes]) => [key, large(`${key} ${board} ${bsp}`, bytes, objects)]);
  return {
    ...Object.fromEntries(parts),
    'bsp/run.json': {
      addons: [],
      firmware: 'firmware.squashfs',
      initrd: 'pantavisor',
      initrd_config: '',
      linux: 'kernel.img',
      modules: 'modules.squashfs',
    },
    'bsp/build.json': { branch: 'scarthgap', kernel: BOARDS[board].kernel, machine: board, version: bsp },
  };
}

function containerEntries(
  made: Composition,
  name: ImageName,
  version: string,
  objects: Shelf,
): Readonly<Record<string, unknown>> {
  const image = imageOf(name);
  const policy = made.policies[name];
  const digest = createHash('sha256').update(`${image.source}:${version}`).digest('hex');
  const volumes = Object.entries(image.volumes ?? {}).map(([path, persistence]) => [
    `docker-${path.replaceAll('/', '-')}`,
    { persistence },
  ]);
  return {
    [`${name}/root.squashfs`]: large(`${name} ${version}`, sizeOf(image.bytes, version), objects),
    [`${name}/root.squashfs.docker-digest`]: small(`sha256:${digest}`, objects),
    [`${name}/lxc.container.conf`]: small(containerConf(name, image.command), objects),
    [`${name}/run.json`]: {
      '#spec': 'service-manifest-run@1',
      config: 'lxc.container.conf',
      drivers: { manual: [], optional: [], required: [] },
      group: image.group,
      name,
      ...(policy ? { restart_policy: policy } : {}),
      'root-volume': 'root.squashfs',
      storage: { ...Object.fromEntries(volumes), 'lxc-overlay': { persistence: 'boot' } },
      type: 'lxc',
      volumes: [],
    },
    [`${name}/src.json`]: {
      '#spec': 'service-manifest-src@1',
      args: { PV_GROUP: image.group, ...(policy ? { PV_RESTART_POLICY: policy } : {}) },
      docker_digest: `sha256:${digest}`,
      docker_name: image.source,
      docker_source: 'remote,local',
      docker_tag: version,
      persistence: {},
      template: 'builtin-lxc-docker',
    },
  };
}

function containerConf(name: string, command: string): string {
  return [
    'lxc.tty.max = 8',
    'lxc.pty.max = 1024',
    'lxc.cgroup.devices.allow = a',
    `lxc.rootfs.path = overlayfs:/volumes/${name}/root.squashfs:/volumes/${name}/lxc-overlay/upper`,
    `lxc.init.cmd = ${command}`,
    'lxc.namespace.keep = user net ipc',
    'lxc.mount.auto = proc sys:rw cgroup',
    `lxc.uts.name = ${name}`,
    '',
  ].join('\n');
}

/** Versions of one image differ by a few percent. */
function sizeOf(bytes: number, version: string): number {
  return Math.round(bytes * (0.97 + ((createHash('sha256').update(version).digest()[0] ?? 0) / 255) * 0.08));
}

function small(content: string, { to }: Shelf): string {
  const sha256 = createHash('sha256').update(content).digest('hex');
  to.set(sha256, { sha256, content });
  return sha256;
}

const ZEROS = Buffer.alloc(1 << 20);
const known = new Map<string, string>();

/** A file that says what it is, and is empty from there on. */
function large(name: string, full: number, { to, scale }: Shelf): string {
  const head = `hsqs ${name}\n`;
  const bytes = Math.round(full * scale);
  const key = `${name} ${bytes}`;
  const sha256 = known.get(key) ?? hashOf(head, bytes);
  known.set(key, sha256);
  to.set(sha256, { sha256, head, bytes });
  return sha256;
}

function hashOf(head: string, bytes: number): string {
  const hash = createHash('sha256').update(head);
  for (let left = bytes - head.length; left > 0; left -= ZEROS.length)
    hash.update(left < ZEROS.length ? ZEROS.subarray(0, left) : ZEROS);
  return hash.digest('hex');
}
