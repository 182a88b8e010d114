import { quote } from './canonical.ts';
import { containersOf, type OwnPolicy } from './containers.ts';
import { keyProblem } from './keys.ts';
import type { StateDocument } from './state.ts';

/**
 * What a new container is made of. `app` runs; `volumes` is only mounted, for others to use. `keep`: absolute paths in the container whose
 * files outlive its revisions. `group` is left to the device's defaults where there is none.
 */
export interface NewContainer {
  readonly kind: 'app' | 'volumes';
  readonly name: string;
  readonly group: string | undefined;
  readonly policy: OwnPolicy;
  readonly init: string;
  readonly keep: readonly string[];
}

/** The documents of a new container; the root file system is a file that a person brings, under `rootKey`. */
export interface ContainerDocuments {
  readonly runKey: string;
  readonly runJson: string;
  readonly rootKey: string;
  /** The LXC configuration, a file; only a container that runs has one. */
  readonly conf: { readonly key: string; readonly text: string } | undefined;
}

/** Why a container can't be called so, as a sentence; undefined when it can. */
export function containerNameProblem(state: StateDocument, name: string): string | undefined {
  if (name === '') return 'A container needs a name.';
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    return 'A name has letters without accents, digits, dots, dashes and underscores, and begins with a letter or digit.';
  }
  if (name === 'bsp') return 'bsp is the base system.';
  if (containersOf(state).some((container) => container.name === name)) return `There is a container ${name} already.`;
  if (state.entries.some(({ key }) => key.startsWith(`${name}/`))) return `There are entries under ${name}/ already.`;
  return keyProblem(`${name}/run.json`, 'json');
}

/** Why a path can't be kept, as a sentence. */
export function keptPathProblem(path: string): string | undefined {
  const sound = /^(\/[^\s/:@]+)+$/.test(path) && !path.split('/').some((part) => part === '.' || part === '..');
  return sound ? undefined : `${path} is no absolute path without spaces, such as /var/lib/app.`;
}

/** The documents as `pvr app install` renders them (pvr builtin-lxc-docker.go), without the src.json of an image that nobody named. */
export function newContainer({ kind, name, group, policy, init, keep }: NewContainer): ContainerDocuments {
  const runs = kind === 'app';
  const storage = Object.fromEntries(keep.map((path) => [volumeOf(path), { persistence: 'permanent' }]));
  const run = {
    '#spec': 'service-manifest-run@1',
    ...(runs && { config: 'lxc.container.conf' }),
    drivers: { manual: [], optional: [], required: [] },
    ...(group !== undefined && { group }),
    name,
    ...(policy !== 'inherit' && { restart_policy: policy }),
    'root-volume': 'root.squashfs',
    ...(!runs && { status_goal: 'MOUNTED' }),
    storage: { ...storage, 'lxc-overlay': { persistence: 'boot' } },
    // The device looks the type up even where nothing is ever started (pantavisor platforms.c, pv_platforms_reserve_static_ips).
    type: 'lxc',
    volumes: [],
  };
  return {
    runKey: `${name}/run.json`,
    runJson: JSON.stringify(run),
    rootKey: `${name}/root.squashfs`,
    conf: runs ? { key: `${name}/lxc.container.conf`, text: lxcConf(name, init, keep) } : undefined,
  };
}

function volumeOf(path: string): string {
  return `docker-${path.replaceAll('/', '-')}`;
}

function lxcConf(name: string, init: string, keep: readonly string[]): string {
  return [
    'lxc.tty.max = 8',
    'lxc.pty.max = 1024',
    'lxc.cgroup.devices.allow = a',
    `lxc.rootfs.path = overlayfs:/volumes/${name}/root.squashfs:/volumes/${name}/lxc-overlay/upper`,
    `lxc.init.cmd = ${init}`,
    'lxc.namespace.keep = user  net  ipc',
    'lxc.mount.auto = proc  sys:rw  cgroup',
    'lxc.mount.entry = /etc/resolv.conf etc/resolv.conf none bind,rw,create=file 0 0',
    'lxc.mount.entry = tmpfs run tmpfs rw,nodev,relatime,create=dir,mode=755 0 0',
    ...keep.map((path) => `lxc.mount.entry = /volumes/${name}/${volumeOf(path)} ${path.slice(1)} none bind,rw,create=dir 0 0`),
    '',
  ].join('\n');
}

/** A JSON text that a new entry of this key begins with: what is known of the document, to be filled in. */
export function startOf(key: string): string {
  const [folder = '', name] = key.split('/');
  if (name === 'run.json' && folder !== 'bsp') {
    return `{"#spec":"service-manifest-run@1","config":"lxc.container.conf","name":${quote(folder)},"root-volume":"root.squashfs","type":"lxc","volumes":[]}`;
  }
  if (name === 'src.json' && folder !== 'bsp')
    return '{"#spec":"service-manifest-src@1","args":{},"template":"builtin-lxc-docker"}';
  if (key === 'groups.json') return '[{"name":"app","restart_policy":"container","status_goal":"STARTED","timeout":30}]';
  return '{}';
}
