import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { LogEntry } from '../../../../shared/contract/logs.ts';
import { makeKeyPair } from '../../../net/keys.ts';
import { startRealSshd } from '../../../net/real-sshd.ts';
import { SshConnection } from '../../../net/ssh.ts';
import { startTestDevice } from '../../../simulator/test-device.ts';
import type { FollowLogs } from '../../source.ts';
import { closeAll, linkTo, pair } from '../test-link.ts';
import { type LogConnection, LogFiles } from './device-logs.ts';

const never = new AbortController().signal;
afterEach(closeAll);

/** A folder as Pantavisor keeps its logs in; `run` makes another revision the running one. */
function logFolder() {
  const root = mkdtempSync(join(tmpdir(), 'trailboss-logs-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (revision: string, path: string, text: string) => {
    const file = join(root, revision, path);
    mkdirSync(join(file, '..'), { recursive: true });
    appendFileSync(file, text);
  };
  const run = (revision: string) => {
    mkdirSync(join(root, revision), { recursive: true });
    rmSync(join(root, 'current'), { force: true });
    symlinkSync(revision, join(root, 'current'));
  };
  return { root, write, run };
}

/** What a follower says, as it comes; marks by their kind in brackets. */
function listen(logs: LogFiles, wish: FollowLogs = { lines: 5 }) {
  const stop = new AbortController();
  const entries: LogEntry[] = [];
  let isAway = false;
  let ended = false;
  const done = (async () => {
    for await (const news of logs.follow(wish, stop.signal)) {
      entries.push(...news.entries);
      isAway = news.awaySince !== undefined;
      ended = news.ended === true;
    }
  })().catch(() => undefined);
  return {
    said: () => entries.map(({ text, mark }) => (mark === undefined ? text : `[${mark.kind}]`)),
    marks: () => entries.flatMap(({ mark }) => mark ?? []),
    isAway: () => isAway,
    hasEnded: () => ended,
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}

interface Place {
  readonly connection: LogConnection;
  close(): void;
}

/** Real programs of this computer, through a real OpenSSH server. */
async function overRealSshd(): Promise<Place> {
  const sshd = await startRealSshd();
  onTestFinished(() => sshd.close());
  const own = makeKeyPair('logs');
  sshd.authorize(own.publicLine);
  const connection = await SshConnection.open({
    target: { host: '127.0.0.1', port: sshd.port, user: sshd.user },
    login: { kind: 'private-key', pem: own.privateKey, passphrase: undefined },
    pinned: sshd.hostKey(),
    signal: never,
  });
  return { connection, close: () => connection.close() };
}

const hasBusybox = spawnSync('busybox', ['true']).status === 0;

/** Busybox's own shell and programs alone, as on a device. */
async function onBusybox(): Promise<Place> {
  const bin = mkdtempSync(join(tmpdir(), 'trailboss-busybox-'));
  onTestFinished(() => rmSync(bin, { recursive: true, force: true }));
  execFileSync('busybox', ['--install', '-s', bin]);
  const connection: LogConnection = {
    isOpen: true,
    target: { host: 'busybox', port: 0, user: '/' },
    async *stream(call, onEnd) {
      const child = spawn(join(bin, call.command), { env: { PATH: bin }, stdio: ['pipe', 'pipe', 'ignore'] });
      call.signal.addEventListener('abort', () => child.stdin.end());
      if (call.stdin !== undefined && !(call.stdin instanceof Uint8Array)) {
        const source = call.stdin.open(call.signal);
        void (async () => {
          for await (const chunk of source) child.stdin.write(chunk);
          child.stdin.end();
        })();
      }
      yield* child.stdout;
      onEnd({ code: child.exitCode ?? 0, signal: undefined, stderr: '', bytes: 0 });
    },
  };
  return { connection, close: () => undefined };
}

describe.each([
  ['GNU programs over a real sshd', overRealSshd, true],
  ['busybox', onBusybox, hasBusybox],
] as const)('with %s', (_name, open, isThere) => {
  async function logsOf(root: string): Promise<LogFiles> {
    const { connection } = await open();
    const logs = new LogFiles({ now: Date.now, overSsh: (_signal, work) => work(connection), roots: ['/none/such', root] });
    onTestFinished(() => logs.close());
    return logs;
  }

  test.runIf(isThere)('files are listed, read by bytes, and backwards by lines', async () => {
    const folder = logFolder();
    folder.write('0', 'web/lxc/console.log', 'factory\n');
    folder.write(
      'locals/base',
      'pantavisor/pantavisor.log',
      Array.from({ length: 9000 }, (_, n) => `[pantavisor] ${n} INFO\t -- [x]: line ${n}\n`).join(''),
    );
    folder.run('locals/base');
    const logs = await logsOf(folder.root);
    const { running, files } = await logs.list(never);
    expect([running, files.map(({ revision, path, platform, source }) => [revision, path, platform, source])]).toEqual([
      'locals/base',
      [
        ['0', 'web/lxc/console.log', 'web', 'lxc/console.log'],
        ['locals/base', 'pantavisor/pantavisor.log', 'pantavisor', 'pantavisor.log'],
      ],
    ]);
    const file = { revision: 'locals/base', path: 'pantavisor/pantavisor.log' };
    const first = await logs.older(file, { before: undefined, limit: 3 }, never);
    expect(first.entries.map(({ text }) => text)).toEqual(['line 8999', 'line 8998', 'line 8997']);
    const second = await logs.older(file, { before: first.older, limit: 3000 }, never);
    expect([second.entries[0]?.text, second.entries.length > 1000]).toEqual(['line 8996', true]);
    const whole = await logs.read(file, { offset: 0, length: 1_000_000 }, never);
    const part = await logs.read(file, { offset: 5000, length: 10_000 }, never);
    expect(Buffer.from(part.bytes).equals(Buffer.from(whole.bytes).subarray(5000, 15_000))).toBe(true);
    expect(whole.size).toBe(whole.bytes.length);
    writeFileSync(join(folder.root, 'secret'), 'x');
    for (const name of [
      { revision: '0', path: 'web/../../secret' },
      { revision: '0/web/../..', path: 'secret' },
      { revision: '.', path: 'secret' },
    ]) {
      await expect(logs.read(name, { offset: 0, length: 1 }, never)).rejects.toThrow(/any more/);
      await expect(logs.older(name, { before: undefined, limit: 1 }, never)).rejects.toThrow(/any more/);
      await expect(logs.older(name, { before: 1, limit: 1 }, never)).rejects.toThrow(/any more/);
    }
  });

  test.runIf(isThere)('lines are followed as they are written, through new files, rotation and another revision', async () => {
    const folder = logFolder();
    folder.write('1', "it's odd $HOME/a b.log", 'one\n');
    folder.run('1');
    const heard = listen(await logsOf(folder.root));
    await vi.waitFor(() => expect(heard.said()).toEqual(['[before]', 'one', '[live]']), 10_000);
    folder.write('1', "it's odd $HOME/a b.log", 'two\nthree\n');
    folder.write('1', 'web/lxc/console.log', 'up\r\r\n');
    await vi.waitFor(() => expect(heard.said().slice(3).sort()).toEqual(['[appeared]', 'three', 'two', 'up']), 5000);
    const file = join(folder.root, '1', 'web/lxc/console.log');
    writeFileSync(`${file}.new`, 'anew\n');
    unlinkSync(file);
    execFileSync('mv', [`${file}.new`, file]);
    await vi.waitFor(() => expect(heard.said().slice(-2)).toEqual(['[rotated]', 'anew']), 5000);
    folder.write('1', 'web/lxc/console.log', 'goodbye\n');
    folder.write('locals/next', 'web/lxc/console.log', 'hello again\n');
    folder.run('locals/next');
    await vi.waitFor(() => expect(heard.said().slice(-3)).toEqual(['goodbye', '[revision]', 'hello again']), 5000);
    expect(heard.marks().at(-1)).toEqual({ kind: 'revision', before: '1', now: 'locals/next' });
    await heard.stop();
  });

  test.runIf(isThere)('a revision that does not run is read to its end', async () => {
    const folder = logFolder();
    folder.write('1', 'web/lxc/console.log', 'a\nb\nunfinished');
    folder.run('2');
    const heard = listen(await logsOf(folder.root), { lines: 5, revision: '1' });
    await vi.waitFor(() => expect(heard.hasEnded()).toBe(true), 5000);
    expect(heard.said()).toEqual(['[before]', 'a', 'b', 'unfinished']);
    await heard.stop();
  });
});

test('Nothing goes on running on the device when nobody reads, or when the connection breaks', async () => {
  const folder = logFolder();
  folder.write('1', 'web/lxc/console.log', 'one\n');
  folder.run('1');
  const { connection, close } = await overRealSshd();
  // The folder's name as an argument that means nothing tells this shell from all others.
  const marked: LogConnection = {
    target: connection.target,
    get isOpen() {
      return connection.isOpen;
    },
    stream: (call, onEnd) => connection.stream({ ...call, command: `${call.command} -s ${folder.root}` }, onEnd),
  };
  const running = () =>
    execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line === `sh -s ${folder.root}`).length;
  const logs = new LogFiles({ now: Date.now, overSsh: (_signal, work) => work(marked), roots: [folder.root] });
  const heard = listen(logs);
  await vi.waitFor(() => expect(heard.said()).toContain('one'), 10_000);
  expect(running()).toBe(1);
  await heard.stop();
  await vi.waitFor(() => expect(running()).toBe(0), 12_000);
  const again = listen(logs);
  await vi.waitFor(() => expect(running()).toBe(1), 10_000);
  close();
  await vi.waitFor(() => expect(running()).toBe(0), 10_000);
  await again.stop();
  logs.close();
}, 40_000);

test('A file that gives nothing of what it should have does not keep anybody from the next revision', async () => {
  const folder = logFolder();
  folder.write('1', 'web/lxc/console.log', 'one\n');
  folder.write('1', 'os/locked.log', 'never\n');
  folder.run('1');
  const { connection } = await overRealSshd();
  // `dd` gives nothing of one file, as where nobody may read it, or of a bad block.
  const bin = logFolder().root;
  writeFileSync(join(bin, 'dd'), '#!/bin/sh\ncase "$1" in *locked*) exit 1;; esac\nexec "$(command -pv dd)" "$@"\n', {
    mode: 0o755,
  });
  const odd: LogConnection = {
    target: connection.target,
    isOpen: true,
    stream: (call, onEnd) => connection.stream({ ...call, command: `PATH=${bin}:$PATH exec ${call.command}` }, onEnd),
  };
  const logs = new LogFiles({ now: Date.now, overSsh: (_signal, work) => work(odd), roots: [folder.root] });
  onTestFinished(() => logs.close());
  const heard = listen(logs);
  await vi.waitFor(() => expect(heard.said()).toContain('one'), 10_000);
  folder.write('2', 'web/lxc/console.log', 'two\n');
  folder.run('2');
  await vi.waitFor(() => expect(heard.said()).toContain('two'), 10_000);
  await heard.stop();
});

describe('on a simulated device', () => {
  test('the log is followed through a reboot, with a mark for the time away', async () => {
    const device = await startTestDevice({ timeScale: 0.05, authorizedKeys: [pair.publicLine] });
    const { link } = linkTo(device, { ways: ['ssh'], pinned: device.hostKey });
    await link.connect(never);
    expect(link.capabilities.readLogs).toBe(true);
    const { logs } = link;
    if (!(logs instanceof LogFiles)) throw new Error('the link has no logs');
    const heard = listen(logs);
    await vi.waitFor(() => expect(heard.said()).toContain('[live]'), 5000);
    // The gate of the connection stays free for commands beside the log.
    expect((await link.readContainers(never)).length).toBe(2);
    device.powerCut({ seconds: 50 });
    await vi.waitFor(() => expect(heard.isAway()).toBe(true), 8000);
    await vi.waitFor(() => expect(heard.marks()).toContainEqual({ kind: 'away', ms: expect.any(Number) }), 20_000);
    expect(heard.isAway()).toBe(false);
    await heard.stop();
  }, 40_000);
});
