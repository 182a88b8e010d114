/** The device's SSH side: host keys on its disk, who may log in, and where a login lands. */
import { join } from 'node:path';
import type { HostKey } from '../../net/host-key.ts';
import { hostKeyOf, newHostKey, type SshExec, type SshTerminal, startSshServer } from '../../net/ssh-server.ts';
import type { ControlledDevice } from '../ctrl/model.ts';
import { readText, writeWhole } from '../disk.ts';
import type { Handler } from '../exchange.ts';
import type { SimulatedDeviceOptions } from '../options.ts';
import { deviceFiles } from './files.ts';
import type { Landing } from './program.ts';
import { runScript, type ShellEnvironment } from './shell.ts';
import { runTerminal } from './terminal.ts';

export interface SshSide {
  /** Undefined where the device has no SSH server. */
  readonly port: number | undefined;
  hostKey(): HostKey;
  showHostKey(which: 'own' | 'other'): void;
  open(): void;
  shut(): void;
  close(): Promise<void>;
}

export type SshSideOptions = Pick<SimulatedDeviceOptions, 'sshPort' | 'authorizedKeys'> & {
  readonly dir: string;
  readonly host: string;
  readonly storagePath: string;
  readonly device: ControlledDevice;
  readonly control: Handler;
};

/** As the device's own SSH server names itself. */
const SOFTWARE = 'dropbear_2022.83';

export async function startSshSide(options: SshSideOptions): Promise<SshSide> {
  const own = hostKey(options.dir, 'host_key');
  if (options.sshPort === false) return withoutServer(own);
  const server = await startSshServer({
    host: options.host,
    port: options.sshPort ?? 0,
    hostKey: own,
    mayLogIn: (_user, key) => allowedKeys(options).includes(key),
    exec: (exec) => execute(exec, options),
    terminal: (terminal) => serveTerminal(terminal, options),
    software: SOFTWARE,
    isMute: () => options.device.faults.has('not-answering'),
  });
  return {
    port: server.port,
    hostKey: server.hostKey,
    showHostKey: (which) => server.setHostKey(which === 'own' ? own : hostKey(options.dir, 'other_host_key')),
    open: server.open,
    shut: server.shut,
    close: server.close,
  };
}

function withoutServer(own: string): SshSide {
  const none = (): void => {};
  return {
    port: undefined,
    hostKey: () => hostKeyOf(own),
    showHostKey: none,
    open: none,
    shut: none,
    close: async () => {},
  };
}

/** Made once, and kept on the device's disk. */
function hostKey(dir: string, name: string): string {
  const file = join(dir, name);
  const known = readText(file);
  if (known !== undefined) return known;
  const fresh = newHostKey();
  writeWhole(file, fresh);
  return fresh;
}

/** The keys of user-meta and of the options, as the base64 of their wire form. */
function allowedKeys({ device, authorizedKeys = [] }: SshSideOptions): readonly string[] {
  const meta = device.userMeta.get('pvr-sdk.authorized_keys');
  const lines = [...authorizedKeys, ...(typeof meta === 'string' ? [meta] : [])].flatMap((text) => text.split('\n'));
  return lines.flatMap((line) => /(?:^|\s)(?:ssh-|ecdsa-|sk-)\S+\s+([A-Za-z0-9+/=]+)/.exec(line)?.[1] ?? []);
}

/** The device's login wrapper keeps a session's environment in one file for all, until the command has started (fallbear-cmd). */
const WRAPPER_MS = 30;
const wrapping = new WeakMap<ControlledDevice, number>();

function losesRace(device: ControlledDevice): boolean {
  const now = performance.now();
  const last = wrapping.get(device);
  wrapping.set(device, now);
  return device.faults.has('racing-channels') && last !== undefined && now - last < WRAPPER_MS;
}

async function execute(exec: SshExec, options: SshSideOptions): Promise<number> {
  const { device } = options;
  if (device.faults.has('not-answering')) await new Promise((_resolve, reject) => exec.signal.addEventListener('abort', reject));
  if (losesRace(device)) {
    await exec.stderr("/usr/bin/fallbear-cmd: .: line 131: can't open '/env-1': No such file or directory\n");
    return 2;
  }
  const landing = landingOf(exec.user, device);
  if (!landing) {
    await exec.stderr(`${exec.user} doesn't exist\nno container found: ${exec.user}\n`);
    return 1;
  }
  return runScript(exec.command, exec, { ...environmentOf(landing, options), signal: exec.signal });
}

async function serveTerminal(terminal: SshTerminal, options: SshSideOptions): Promise<number> {
  const { device } = options;
  if (losesRace(device)) {
    await terminal.write("/usr/bin/fallbear-cmd: .: line 131: can't open '/env-1': No such file or directory\r\n");
    return 2;
  }
  const landing = landingOf(terminal.user, device);
  if (!landing) {
    await terminal.write(`${terminal.user} doesn't exist\r\nno container found: ${terminal.user}\r\n`);
    return 1;
  }
  return runTerminal(terminal, { ...environmentOf(landing, options), signal: terminal.signal });
}

function environmentOf(
  landing: Landing,
  { device, control, storagePath, dir }: SshSideOptions,
): Omit<ShellEnvironment, 'signal'> {
  return {
    landing,
    control,
    files: deviceFiles(storagePath, dir, () => device.life().boot.running),
    sleep: (seconds) => new Promise((resolve) => device.clock.after(seconds, resolve)),
  };
}

/** Any user name is let in; it says where the login lands. */
function landingOf(user: string, device: ControlledDevice): Landing | undefined {
  if (user === '/' || user === '_pv_') return { place: 'host', name: 'pantavisor', socket: '/run/pantavisor/pv/pv-ctrl' };
  const container = device.life().containers.find((each) => each.name === user);
  if (!container) return undefined;
  return { place: 'container', name: user, socket: container.roles.includes('mgmt') ? '/pantavisor/pv-ctrl' : '' };
}
