import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PvrCommand } from '../../../shared/contract/checkout.ts';
import type { WorkDone } from '../work-news.ts';
import { pvrArguments, pvrCommandLine } from './pvr-arguments.ts';
import { findPvr, type ProgramPlaces, pvrEnvironment } from './pvr-program.ts';
import { runPvr } from './run-pvr.ts';

/** A `pvr` that does what a script in JavaScript says, in a checkout of its own. */
async function scripted(script: string): Promise<{ readonly places: ProgramPlaces; readonly root: string }> {
  const home = await mkdtemp(join(tmpdir(), 'trailboss-pvr-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const root = join(home, 'checkout');
  await mkdir(join(home, 'bin'));
  await mkdir(root);
  await writeFile(join(home, 'bin/pvr'), `#!${process.execPath}\n${script}\n`);
  await chmod(join(home, 'bin/pvr'), 0o755);
  return { places: { env: { PATH: '/nowhere', SECRET_OF_MINE: 'kept' }, home, uid: 1000 }, root };
}

interface Told {
  readonly lines: string[];
  readonly steps: string[];
  readonly done: WorkDone;
}

async function ran(
  script: string,
  options: {
    readonly command?: PvrCommand;
    readonly signal?: AbortSignal;
    readonly silenceMs?: number;
    readonly onLine?: (text: string) => void;
  } = {},
): Promise<Told> {
  const { places, root } = await scripted(script);
  const lines: string[] = [];
  const steps: string[] = [];
  const silence = options.silenceMs ?? 10_000;
  const done = await runPvr(
    { root, exclusively: (work) => work() },
    options.command ?? { kind: 'app-install', name: 'web' },
    { places, silence: { images: silence, network: silence } },
    {
      tell: ({ text }) => steps.push(text),
      output: (from, text) => {
        lines.push(`${from}: ${text}`);
        options.onLine?.(text);
      },
      signal: options.signal ?? new AbortController().signal,
    },
  );
  return { lines, steps, done };
}

test('what pvr calls is not looked for in the checkout', async () => {
  const { places } = await scripted('');
  const env = pvrEnvironment({ ...places, env: { PATH: ['.', '/usr/bin', 'bin', '', '/bin'].join(delimiter), HOME: '/h' } });
  expect(env).toEqual({ HOME: '/h', PATH: ['/usr/bin', '/bin'].join(delimiter), PVR_DISABLE_SELF_UPGRADE: '1' });
});

test('the program is found beside the PATH, with its version and what it lacks', async () => {
  const { places } = await scripted('console.log("pvr version 037")');
  expect(await findPvr(places)).toEqual({
    path: join(places.home, 'bin/pvr'),
    version: '037',
    missingTools: ['fakeroot', 'mksquashfs', 'unsquashfs', 'tar', 'veritysetup'],
    howTo: expect.stringContaining('gitlab.com/pantacor/pvr'),
  });
  const nothing = await findPvr({ ...places, home: '/nowhere', env: { PATH: 'bin:.' }, uid: 0 });
  expect(nothing).toEqual({ missingTools: ['mksquashfs', 'unsquashfs', 'tar', 'veritysetup'], howTo: expect.any(String) });
});

test('what it prints comes line by line, without colours, and what it overwrites as progress', async () => {
  const { lines, steps, done } = await ran(`
    process.stdout.write('\\u001b[32mgreen\\u001b[0m\\nhalf a ');
    process.stderr.write('a warning\\r\\n');
    process.stdout.write('line\\n 10%\\r 20%\\r');
    process.stdout.write('the end');
    console.error(process.argv.slice(2).join('|'), process.env.PVR_DISABLE_SELF_UPGRADE, process.stdin.isTTY ?? 'no terminal');
  `);
  expect(lines.filter((line) => line.startsWith('stdout'))).toEqual(['stdout: green', 'stdout: half a line', 'stdout: the end']);
  expect(lines.filter((line) => line.startsWith('stderr'))).toEqual([
    'stderr: a warning',
    'stderr: app|install|web 1 no terminal',
  ]);
  expect(steps[0]).toBe('pvr app install web');
  expect(done).toEqual({ text: 'pvr app install web is done.', exitCode: 0 });
});

test('an exit code is an end with a sentence', async () => {
  const failed = await ran('console.error("ERROR: no docker_name in manifest"); process.exit(3)');
  expect(failed.done).toEqual({
    text: 'pvr app install web did not succeed (exit code 3): ERROR: no docker_name in manifest.',
    exitCode: 3,
  });
  const panicked = await ran('console.error("panic: interface conversion\\n\\ngoroutine 1 [running]:"); process.exit(2)');
  expect(panicked.done.text).toContain('crashed (exit code 2)');
  const toolless = await ran('console.error(\'exec: "mksquashfs": executable file not found in $PATH\'); process.exit(3)');
  expect(toolless.done.text).toContain('Install squashfs-tools');
});

test('a pvr that asks for ever is ended when it says nothing any more, with all that it started', async () => {
  const { places, root } = await scripted(`
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log(process.pid)'], { stdio: ['ignore', 'inherit', 'ignore'] });
    setInterval(() => {}, 1000);
  `);
  let grandchild = 0;
  const work = runPvr(
    { root, exclusively: (inner) => inner() },
    { kind: 'app-update', name: 'web' },
    { places, silence: { images: 3000, network: 3000 } },
    { tell() {}, output: (_from, text) => (grandchild = Number(text)), signal: new AbortController().signal },
  );
  await expect(work).rejects.toMatchObject({ code: 'NOT_ANSWERING', data: { what: expect.stringContaining('said nothing') } });
  expect(grandchild).toBeGreaterThan(1);
  await expect.poll(() => alive(grandchild)).toBe(false);
});

/** A process that ended and that nobody has taken note of yet counts as gone: in a container there may be no such init. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

test('cancelling ends it at once', async () => {
  const controller = new AbortController();
  const work = ran('console.log("working"); setInterval(() => {}, 1000)', {
    signal: controller.signal,
    onLine: () => controller.abort(),
  });
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
});

test('endless output is cut and does not stop it', async () => {
  const { lines } = await ran('for (let n = 0; n < 30000; n += 1) console.log("line", n)');
  expect([lines.length, lines.at(-1)]).toEqual([10_001, 'stdout: … what follows is left out.']);
});

test('arguments are passed as they are, and never through a shell', async () => {
  const from = 'x; touch /tmp/owned $(id) `id` "\'';
  const { lines } = await ran('for (const arg of process.argv.slice(2)) console.log(arg)', {
    command: { kind: 'app-add', name: 'web', from, volumes: ['/data:permanent'], group: 'app' },
  });
  expect(lines.map((line) => line.slice('stdout: '.length))).toEqual([
    'app',
    'add',
    `--from=${from}`,
    '--group=app',
    '--volume=/data:permanent',
    'web',
  ]);
  expect(pvrCommandLine(['app', 'add', "--from=it's", 'web'])).toBe("pvr app add '--from=it'\\''s' web");
});

test.each<[string, PvrCommand]>([
  ['a name that is an option', { kind: 'app-install', name: '--help' }],
  ['an image that is an option', { kind: 'app-add', name: 'web', from: '-u=me' }],
  ['a folder outside', { kind: 'app-install', name: '../other' }],
  ['a folder inside another', { kind: 'app-update', name: 'web/inner' }],
  ["pvr's own folder", { kind: 'app-add', name: '.pvr', from: 'nginx' }],
  ['a line break', { kind: 'app-add', name: 'web', from: 'nginx\nrm' }],
  ['a volume outside', { kind: 'dm-convert', container: 'web', volume: '../../x' }],
  ['a prefix that is an option', { kind: 'dm-apply', prefix: '-x' }],
])('refused: %s', (_title, command) => {
  expect(() => pvrArguments(command)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
});

test('it works in the folder of the checkout', async () => {
  const { places, root } = await scripted('require("node:fs").writeFileSync("made.txt", "by pvr")');
  await runPvr(
    { root, exclusively: (work) => work() },
    { kind: 'dm-apply' },
    { places, silence: { images: 5000, network: 5000 } },
    { tell() {}, output() {}, signal: new AbortController().signal },
  );
  expect(await readFile(join(root, 'made.txt'), 'utf8')).toBe('by pvr');
});

test('without a pvr there is a sentence that says how to get it', async () => {
  const { places, root } = await scripted('');
  const work = runPvr(
    { root, exclusively: (inner) => inner() },
    { kind: 'dm-apply' },
    { places: { ...places, home: '/nowhere' }, silence: { images: 5000, network: 5000 } },
    { tell() {}, output() {}, signal: new AbortController().signal },
  );
  await expect(work).rejects.toMatchObject({ code: 'NOT_FOUND', data: { next: expect.stringContaining('~/bin') } });
});
