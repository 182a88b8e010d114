import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeKeyPair } from '../../../net/keys.ts';
import { startRealSshd } from '../../../net/real-sshd.ts';

const here = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));

/** Reads a log and has a program running in a shell, without end. */
const program = `
  import { SshConnection } from ${here('../../../net/ssh.ts')};
  import { openShell } from ${here('../../../net/ssh-shell.ts')};
  import { LogFiles } from ${here('device-logs.ts')};
  const { folder, seconds, ...login } = JSON.parse(process.env.TRIED);
  const signal = new AbortController().signal;
  const connection = await SshConnection.open({ ...login, signal });
  const marked = {
    target: connection.target,
    isOpen: true,
    stream: (call, onEnd) => connection.stream({ ...call, command: call.command + ' -s ' + folder }, onEnd),
  };
  const logs = new LogFiles({ now: Date.now, overSsh: (_signal, work) => work(marked), roots: [folder] });
  const shell = await openShell({ ...login, size: { columns: 80, rows: 24 }, signal });
  shell.onOutput(() => undefined);
  await shell.write(Buffer.from('sleep ' + seconds + '\\n'));
  for await (const news of logs.follow({ lines: 5 }, signal)) if (news.entries.length > 0) console.log('reads');
`;

test('What the program began on a device ends there when the program is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailboss-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, '1'));
  writeFileSync(join(folder, '1', 'web.log'), 'one\n');
  symlinkSync('1', join(folder, 'current'));
  const sshd = await startRealSshd();
  onTestFinished(() => sshd.close());
  const own = makeKeyPair('killed');
  sshd.authorize(own.publicLine);
  const seconds = `98765.${process.pid}`;
  const target = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
  const login = { kind: 'private-key', pem: own.privateKey };
  const tried = JSON.stringify({ folder, seconds, target, login, pinned: sshd.hostKey() });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program], {
    env: { ...process.env, TRIED: tried },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const running = () => {
    const lines = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n');
    return [`sh -s ${folder}`, `sleep ${seconds}`].filter((line) => lines.includes(line));
  };
  await vi.waitFor(() => expect(running()).toHaveLength(2), 10_000);
  child.kill('SIGKILL');
  await vi.waitFor(() => expect(running()).toEqual([]), 10_000);
}, 40_000);
