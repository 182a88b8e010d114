import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The program with a backend that only says when it is closed, or that can't be opened. */
const script = `
import { runBrowserHost } from './electron/browser/program.ts';
const rendererFolder = process.env.RENDERER;
const openBackend = async (options) => {
  if (process.env.BROKEN) throw new Error('The disk is full.');
  console.log('backend', JSON.stringify(options));
  return { router: {}, close: async () => console.log('backend closed') };
};
process.exitCode = await runBrowserHost(process.argv.slice(1), { openBackend, rendererFolder });
`;

let profile: string;
let running: ChildProcess[] = [];
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'trailboss-program-'));
  await writeFile(join(profile, 'index.html'), 'start');
});
afterEach(async () => {
  for (const process of running) process.kill('SIGKILL');
  running = [];
  await rm(profile, { recursive: true });
});

interface Started {
  readonly process: ChildProcess;
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

function start(args: readonly string[], env: Record<string, string> = {}): Started {
  const all = [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    script,
    '--',
    '--no-open',
    '--profile',
    profile,
    ...args,
  ];
  const child = spawn(process.execPath, all, {
    cwd: projectRoot,
    env: { ...process.env, RENDERER: profile, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { process: child, output: () => output, ended: once(child, 'close').then(([code]) => code) };
}

/** The address that it prints once it answers. */
async function addressOf(started: Started): Promise<URL> {
  const find = () => /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(started.output())?.[0];
  await expect.poll(find, { timeout: 10_000 }).toBeDefined();
  return new URL(find() ?? '');
}

async function signIn(address: URL): Promise<string> {
  const reply = await fetch(address, { redirect: 'manual' });
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

test('it opens its backend, answers at the address that it prints, and closes in order', async () => {
  const started = start(['--port', '0', '--demo', '--time-scale', '0.1']);
  const address = await addressOf(started);
  const cookie = await signIn(address);
  expect(await (await fetch(address.origin, { headers: { cookie } })).text()).toBe('start');
  expect(started.output()).toContain(`backend {"profileDir":"${profile}","demo":true,"version":"0.1.0","timeScale":0.1}`);
  started.process.kill('SIGTERM');
  expect([await started.ended, started.output().includes('backend closed')]).toEqual([0, true]);
});

test('a second start prints a fresh address for the one that runs', async () => {
  const first = start(['--port', '0']);
  const used = await addressOf(first);
  await signIn(used);
  const second = start([]);
  expect(await second.ended).toBe(0);
  const fresh = await addressOf(second);
  expect(fresh.origin).toBe(used.origin);
  expect(await signIn(fresh)).toMatch(/^trailboss-\d+=/);
});

test('after kill -9 a page that was open is let in on the same port', async () => {
  const first = start(['--port', '0']);
  const address = await addressOf(first);
  const cookie = await signIn(address);
  first.process.kill('SIGKILL');
  await first.ended;
  const second = start(['--port', address.port]);
  await addressOf(second);
  expect((await fetch(address.origin, { headers: { cookie } })).status).toBe(200);
});

test('a port that another program has is a sentence, not a stack', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const address = blocker.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const started = start(['--port', String(port)]);
  expect(await started.ended).toBe(1);
  expect(started.output()).toContain(`port ${port} of 127.0.0.1 is used by another program. Choose another with --port.`);
  expect(started.output()).not.toContain('    at ');
  blocker.close();
});

test('a backend that cannot be opened is a sentence, and leaves the profile free', async () => {
  const broken = start([], { BROKEN: '1' });
  expect([await broken.ended, broken.output().trim()]).toEqual([1, 'trailboss: it could not start: The disk is full.']);
  await addressOf(start(['--port', '0']));
});

test('a profile that is no folder is a sentence', async () => {
  const started = start(['--profile', join(profile, 'index.html')]);
  expect([await started.ended, started.output().split('\n').length]).toEqual([1, 2]);
});
