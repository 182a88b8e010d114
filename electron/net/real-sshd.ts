/** A real OpenSSH server on a loopback port, for tests: own host keys, own authorized_keys, the user who runs the tests. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { type HostKey, readHostKey } from './host-key.ts';

export interface RealSshd {
  readonly port: number;
  readonly user: string;
  /** The host key that connections see from now on. */
  hostKey(): HostKey;
  /** Makes new host keys, as flashing a device does; `type` as `ssh-keygen -t` takes it. */
  changeHostKey(type?: 'ed25519' | 'ecdsa' | 'rsa'): void;
  authorize(...publicLines: readonly string[]): void;
  /** Kills every session's server process. */
  killSessions(): void;
  /** How many connections were taken so far. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Where the system keeps its OpenSSH server. Throws with what to install when there is none. */
export function findSshd(): string {
  const folders = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', ...(process.env.PATH ?? '').split(delimiter)];
  const found = folders.map((folder) => join(folder, 'sshd')).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'No OpenSSH server (sshd) was found. The tests need one: install openssh-server, or let `npm test` do it as root.',
  );
}

/**
 * Serves until `close`. Each connection gets a server process of its own (`sshd -i`), so that the port is free for sure and a
 * session can be killed like a device that loses power.
 */
export async function startRealSshd(): Promise<RealSshd> {
  const sshd = findSshd();
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-sshd-'));
  const file = (name: string) => join(dir, name);
  // sshd as root insists on its folder for privilege separation.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const changeHostKey = (type: 'ed25519' | 'ecdsa' | 'rsa' = 'ed25519') => {
    for (const name of ['host', 'host.pub']) rmSync(file(name), { force: true });
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', file('host')]);
  };
  changeHostKey();
  writeFileSync(file('authorized_keys'), '');
  writeFileSync(
    file('config'),
    [
      `HostKey ${file('host')}`,
      `AuthorizedKeysFile ${file('authorized_keys')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'PidFile none',
      'PrintMotd no',
      'MaxSessions 10',
      'LogLevel ERROR',
    ].join('\n'),
  );
  const sessions = new Set<ChildProcess>();
  let connections = 0;
  const listener = createServer({ pauseOnConnect: true }, (socket) => {
    connections += 1;
    const session = spawn(sshd, ['-i', '-f', file('config')], { stdio: [socket, socket, 'ignore'] });
    sessions.add(session);
    session.once('exit', () => sessions.delete(session));
    socket.on('error', () => undefined);
    // The server process holds the connection now.
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the listener has no port');
  const killSessions = () => {
    for (const session of sessions) session.kill('SIGKILL');
  };
  return {
    port: address.port,
    user: userInfo().username,
    hostKey: () => readHostKey(Buffer.from(readFileSync(file('host.pub'), 'utf8').split(' ')[1] ?? '', 'base64')),
    changeHostKey,
    authorize: (...lines) => writeFileSync(file('authorized_keys'), `${lines.join('\n')}\n`),
    killSessions,
    get connections() {
      return connections;
    },
    async close() {
      killSessions();
      await new Promise((resolve) => listener.close(resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
