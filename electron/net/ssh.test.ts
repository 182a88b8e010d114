import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { makeKeyPair } from './keys.ts';
import { type RealSshd, startRealSshd } from './real-sshd.ts';
import { SshConnection } from './ssh.ts';
import type { SshLogin } from './ssh-connect.ts';

const never = new AbortController().signal;
const pair = makeKeyPair('trailboss-test');
const dir = mkdtempSync(join(tmpdir(), 'trailboss-ssh-'));
let sshd: RealSshd;
const open: SshConnection[] = [];

beforeAll(async () => {
  sshd = await startRealSshd();
  sshd.authorize(pair.publicLine);
});
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});
afterAll(async () => {
  await sshd.close();
  rmSync(dir, { recursive: true, force: true });
});

const ownKey: SshLogin = { kind: 'private-key', pem: pair.privateKey, passphrase: undefined };

async function connect(login: SshLogin = ownKey, port = sshd.port): Promise<SshConnection> {
  const target = { host: '127.0.0.1', port, user: sshd.user };
  const connection = await SshConnection.open({ target, login, pinned: sshd.hostKey(), signal: never, handshakeMs: 6000 });
  open.push(connection);
  return connection;
}

function call(command: string) {
  return { command, signal: never, timeoutMs: 10_000, maxStdoutBytes: 1_000_000 };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

async function problemOf(work: Promise<unknown>): Promise<TrailbossError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TrailbossError)) throw new Error(`a TrailbossError was expected, not ${String(error)}`);
  return error;
}

describe('host keys', () => {
  const target = () => ({ host: '127.0.0.1', port: sshd.port, user: sshd.user });

  it('goes no further than the key of an unknown host, and shows it', async () => {
    const error = await problemOf(SshConnection.open({ target: target(), login: ownKey, pinned: undefined, signal: never }));
    expect(error.code).toBe('HOST_KEY_UNKNOWN');
    expect(error.data.hostKey).toEqual({ host: '127.0.0.1', port: sshd.port, ...sshd.hostKey() });
  });

  it('blocks a changed key and shows both', async () => {
    const pinned = sshd.hostKey();
    sshd.changeHostKey('ecdsa');
    const error = await problemOf(SshConnection.open({ target: target(), login: ownKey, pinned, signal: never }));
    expect(error.code).toBe('HOST_KEY_CHANGED');
    expect(error.data.hostKey).toMatchObject({ ...sshd.hostKey(), pinned: pinned.fingerprint });
    expect(error.data.hostKey?.fingerprint).not.toBe(pinned.fingerprint);
  });

  it.each(['rsa', 'ecdsa', 'ed25519'] as const)('accepts a pinned %s key', async (type) => {
    sshd.changeHostKey(type);
    expect((await (await connect()).exec(call('true'))).code).toBe(0);
  });
});

describe('logging in', () => {
  it('says which key was refused and how to let it in', async () => {
    const stranger = makeKeyPair('stranger');
    const error = await problemOf(connect({ kind: 'private-key', pem: stranger.privateKey, passphrase: undefined }));
    expect(error.code).toBe('LOGIN_REFUSED');
    expect(error.message).toContain(stranger.fingerprint);
    expect(error.data.next).toContain('pvr-sdk.authorized_keys');
    expect(JSON.stringify(error.data)).not.toContain('PRIVATE KEY');
  });

  it('takes a key file with its passphrase, and asks for it', async () => {
    const path = join(dir, 'locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'open sesame', '-C', 'locked', '-f', path]);
    const pem = readFileSync(path, 'utf8');
    sshd.authorize(pair.publicLine, readFileSync(`${path}.pub`, 'utf8').trim());
    const before = sshd.connections;
    expect((await problemOf(connect({ kind: 'private-key', pem, passphrase: undefined }))).code).toBe('PASSPHRASE_NEEDED');
    const wrong = await problemOf(connect({ kind: 'private-key', pem, passphrase: 'close sesame' }));
    expect(wrong.code).toBe('PASSPHRASE_NEEDED');
    expect(wrong.message).toContain('does not open');
    expect(sshd.connections).toBe(before);
    expect((await (await connect({ kind: 'private-key', pem, passphrase: 'open sesame' })).exec(call('true'))).code).toBe(0);
  });

  it('says what is wrong with a file that holds no private key', async () => {
    expect((await problemOf(connect({ kind: 'private-key', pem: pair.publicLine, passphrase: undefined }))).message).toContain(
      'public key',
    );
    expect((await problemOf(connect({ kind: 'private-key', pem: 'hello', passphrase: undefined }))).code).toBe('LOGIN_REFUSED');
  });

  describe('with the agent', () => {
    const socket = join(dir, 'agent');
    let agent: ChildProcess;
    const add = (path: string) =>
      execFileSync('ssh-add', ['-q', path], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });

    beforeAll(async () => {
      agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
      await vi.waitUntil(() => existsSync(socket));
    });
    afterAll(() => void agent.kill());

    it('is refused while it holds no key that fits, and let in with one', async () => {
      expect((await problemOf(connect({ kind: 'agent', socket }))).code).toBe('LOGIN_REFUSED');
      const other = join(dir, 'other');
      execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-N', '', '-f', other]);
      add(other);
      const mine = join(dir, 'mine');
      writeFileSync(mine, pair.privateKey, { mode: 0o600 });
      add(mine);
      expect((await (await connect({ kind: 'agent', socket })).exec(call('true'))).code).toBe(0);
    });

    it('says that the agent is not there', async () => {
      const error = await problemOf(connect({ kind: 'agent', socket: join(dir, 'nobody') }));
      expect(error.code).toBe('LOGIN_REFUSED');
      expect(error.message).toContain('ssh-agent');
    });
  });
});

describe('something else at the port', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });
  async function listen(server: Server): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => void sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  it('refuses', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    servers.splice(0);
    expect((await problemOf(connect(ownKey, port))).code).toBe('UNREACHABLE');
  });

  it('is a web server', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('hello')));
    const error = await problemOf(connect(ownKey, port));
    expect(error.code).toBe('NOT_A_DEVICE');
    expect(error.message).toContain('web server');
  });

  it('hangs up without a word', async () => {
    const port = await listen(createServer((socket) => void socket.end()));
    expect((await problemOf(connect(ownKey, port))).message).toContain('without a greeting: it may be no SSH server');
  });

  it('talks garbage', async () => {
    const port = await listen(createServer((socket) => void socket.end(Buffer.alloc(20_000, 0xfe))));
    expect((await problemOf(connect(ownKey, port))).code).toBe('NOT_A_DEVICE');
  });

  it('says nothing', async () => {
    const port = await listen(createServer());
    const target = { host: '127.0.0.1', port, user: 'x' };
    const error = await problemOf(
      SshConnection.open({ target, login: ownKey, pinned: undefined, signal: never, handshakeMs: 300 }),
    );
    expect(error.code).toBe('NOT_ANSWERING');
    const controller = new AbortController();
    const asked = problemOf(SshConnection.open({ target, login: ownKey, pinned: undefined, signal: controller.signal }));
    controller.abort();
    expect((await asked).code).toBe('CANCELLED');
  });
});

describe('commands', () => {
  it('bring back exit codes, signals, stdout and stderr', async () => {
    const ssh = await connect();
    const end = await ssh.exec(call('printf out; printf err >&2; exit 7'));
    expect({ ...end, stdout: text(end.stdout) }).toEqual({ code: 7, signal: undefined, stdout: 'out', stderr: 'err' });
    expect(await ssh.exec(call('kill -TERM $$'))).toMatchObject({ code: undefined, signal: 'SIGTERM' });
    expect((await ssh.exec(call('no-such-program'))).code).toBe(127);
  });

  it('run one after the other at the start, many at a time after it, each with its own answer', async () => {
    const ssh = await connect();
    const answers = await Promise.all(
      // They wait for one another: the time of each is that of all.
      Array.from({ length: 24 }, (_, index) => ssh.exec({ ...call(`echo ${index}; cat; exit ${index}`), timeoutMs: 60_000 })),
    );
    expect(answers.map((end) => `${text(end.stdout)}${end.code}`)).toEqual(answers.map((_, index) => `${index}\n${index}`));
  });

  it('take some MB on stdin, byte for byte, and tell how far they are', async () => {
    const ssh = await connect();
    const size = 12 * 1024 ** 2 + 3;
    const bytes = Buffer.alloc(size, 'every byte counts ');
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < size; at += 100_000) yield bytes.subarray(at, at + 100_000);
    }
    const told: number[] = [];
    const end = await ssh.exec({ ...call('sha256sum'), stdin: { open: pieces, onBytes: (sent) => told.push(sent) } });
    expect(text(end.stdout)).toBe(`${createHash('sha256').update(bytes).digest('hex')}  -\n`);
    expect(told.at(-1)).toBe(size);
  });

  it('may end without reading their stdin', async () => {
    const ssh = await connect();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(65_536);
    }
    expect((await ssh.exec({ ...call('exit 3'), stdin: { open: endless } })).code).toBe(3);
    expect((await ssh.exec(call('echo still here'))).code).toBe(0);
  });

  it('report a source that fails as this computer’s fault', async () => {
    const ssh = await connect();
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(10);
      throw new Error('EIO');
    }
    expect((await problemOf(ssh.exec({ ...call('cat >/dev/null; sleep 5'), stdin: { open: failing } }))).code).toBe(
      'LOCAL_STORAGE',
    );
  });

  it('give a stream as it comes, as slowly as it is taken', async () => {
    const ssh = await connect();
    let size = 0;
    let ended: unknown;
    for await (const chunk of ssh.stream(call('head -c 30000000 /dev/zero; echo note >&2; exit 4'), (end) => {
      ended = end;
    })) {
      size += chunk.length;
      if (size < 1_000_000) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(size).toBe(30_000_000);
    expect(ended).toEqual({ code: 4, signal: undefined, stderr: 'note\n', bytes: 30_000_000 });
  });

  it('can be left in the middle of a stream', async () => {
    const ssh = await connect();
    for await (const chunk of ssh.stream(call('yes'), () => undefined)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(text((await ssh.exec(call('echo next'))).stdout)).toBe('next\n');
  });

  it('are given up when they take too long or say too much', async () => {
    const ssh = await connect();
    const late = await problemOf(ssh.exec({ ...call('sleep 20'), timeoutMs: 400 }));
    expect(late.code).toBe('NOT_ANSWERING');
    const long = await problemOf(ssh.exec({ ...call('yes'), maxStdoutBytes: 100_000 }));
    expect(long.code).toBe('BAD_REPLY');
    const stalled = async () => {
      for await (const chunk of ssh.stream({ ...call('echo one; sleep 20'), timeoutMs: 400 }, () => undefined))
        expect(chunk.length).toBe(4);
    };
    expect((await problemOf(stalled())).code).toBe('NOT_ANSWERING');
    expect((await ssh.exec(call('true'))).code).toBe(0);
  });

  it('are cancelled by their signal, running or waiting', async () => {
    const ssh = await connect();
    const controller = new AbortController();
    const marker = join(dir, 'started');
    const running = problemOf(
      ssh.exec({ ...call(`touch ${marker}; exec cat`), stdin: { open: waiting }, signal: controller.signal }),
    );
    const queued = problemOf(ssh.exec({ ...call('true'), alone: true, signal: controller.signal }));
    await vi.waitUntil(() => existsSync(marker));
    controller.abort();
    expect((await running).code).toBe('CANCELLED');
    expect(['CANCELLED']).toContain((await queued.catch((error: unknown) => ({ code: String(error) }))).code);
    expect((await ssh.exec(call('true'))).code).toBe(0);
  });

  async function* waiting(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }

  it('hold others back when they have to be alone', async () => {
    const ssh = await connect();
    const log = join(dir, 'alone.log');
    const one = (name: string) =>
      ssh.exec({ ...call(`echo begin ${name} >>${log}; sleep 0.4; echo end ${name} >>${log}`), alone: true });
    await Promise.all([one('a'), one('b')]);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual(['begin a', 'end a', 'begin b', 'end b']);
  });

  it('are tried once more when the login wrapper lost its race', async () => {
    const ssh = await connect();
    const marker = join(dir, 'race');
    const race = `[ -e ${marker} ] && { echo fine; exit; }; touch ${marker}; echo "fallbear-cmd: .: line 131: can't open '/env-1': No such file" >&2; exit 2`;
    expect(text((await ssh.exec(call(race))).stdout)).toBe('fine\n');
    rmSync(marker);
    const chunks: Uint8Array[] = [];
    for await (const chunk of ssh.stream(call(race), () => undefined)) chunks.push(chunk);
    expect(text(Buffer.concat(chunks))).toBe('fine\n');
    expect((await ssh.exec(call('exit 2'))).code).toBe(2);
  });
});

describe('a server that does not take a command', () => {
  /** Refuses the first command of each connection, as dropbear does that loses a session while others end. */
  async function forgetful(): Promise<{ readonly ssh: SshConnection; close(): void }> {
    const hostKey = ssh2.utils.generateKeyPairSync('ed25519').private;
    let asked = 0;
    const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
      connection.on('error', () => undefined);
      connection.on('authentication', (context) => context.accept());
      connection.on('session', (accept) => {
        accept().on('exec', (take, refuse) => {
          asked += 1;
          if (asked % 2 === 1) return refuse();
          const channel = take();
          channel.write('taken');
          channel.exit(0);
          channel.end();
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, user: 'x' };
    const unknown = await problemOf(SshConnection.open({ target, login: ownKey, pinned: undefined, signal: never }));
    const ssh = await SshConnection.open({ target, login: ownKey, pinned: unknown.data.hostKey, signal: never });
    open.push(ssh);
    return { ssh, close: () => server.close() };
  }

  it('is asked once more, but not for what must not run twice', async () => {
    const { ssh, close } = await forgetful();
    expect(text((await ssh.exec(call('anything'))).stdout)).toBe('taken');
    const chunks: Uint8Array[] = [];
    for await (const chunk of ssh.stream(call('anything'), () => undefined)) chunks.push(chunk);
    expect(text(Buffer.concat(chunks))).toBe('taken');
    expect((await problemOf(ssh.exec({ ...call('reboot'), once: true }))).code).toBe('NOT_ANSWERING');
    close();
  });
});

describe('a server that dies', () => {
  it('ends running commands, tells its owner, and refuses what comes after', async () => {
    const ssh = await connect();
    let told = 0;
    ssh.onClose(() => {
      told += 1;
    });
    const marker = join(dir, 'dying');
    const running = problemOf(ssh.exec(call(`touch ${marker}; sleep 20`)));
    await vi.waitUntil(() => existsSync(marker));
    sshd.killSessions();
    const error = await running;
    expect(error.code).toBe('NOT_ANSWERING');
    expect(error.message).toContain('in the middle of a command');
    await vi.waitUntil(() => told === 1);
    expect(ssh.isOpen).toBe(false);
    expect((await problemOf(ssh.exec(call('true')))).code).toBe('NOT_ANSWERING');
    expect((await (await connect()).exec(call('true'))).code).toBe(0);
  });

  it('ends an upload in mid-stream', async () => {
    const ssh = await connect();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(65_536);
    }
    const marker = join(dir, 'eating');
    const running = problemOf(ssh.exec({ ...call(`touch ${marker}; cat >/dev/null`), stdin: { open: endless } }));
    await vi.waitUntil(() => existsSync(marker));
    sshd.killSessions();
    expect((await running).code).toBe('NOT_ANSWERING');
  });
});
