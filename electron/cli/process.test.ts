/** The real process: exit codes, streams, the launcher. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fileOf, rebooting, refused, restarting, running, testFolder } from './test-states.ts';

const program = fileURLToPath(new URL('../cli.ts', import.meta.url));
const launcher = fileURLToPath(new URL('../launch/cli.mjs', import.meta.url));

function start(args: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '' },
  });
}

async function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

async function folderWithStates(): Promise<string> {
  const folder = await testFolder();
  const texts = { running, rebooting, restarting, refused };
  await Promise.all(Object.entries(texts).map(([name, text]) => fileOf(folder, `${name}.json`, text)));
  return folder;
}

test('each exit code, by the real process', async () => {
  const folder = await folderWithStates();
  const cases = [
    [0, ['forecast', 'running.json', 'restarting.json']],
    [10, ['forecast', 'running.json', 'rebooting.json']],
    [20, ['forecast', 'running.json', 'refused.json']],
    [1, ['forecast', 'running.json', 'missing.json']],
    [2, ['forecast', 'running.json']],
  ] as const;
  const results = await Promise.all(cases.map(async ([, args]) => ended(start([program, ...args], folder))));
  expect(results.map(({ code }) => code)).toEqual(cases.map(([code]) => code));
  expect(results.map(({ err }) => err === '')).toEqual([true, true, true, false, false]);
  expect(results.every(({ out }) => !out.includes('\u001b'))).toBe(true);
});

test('the launcher works from any folder, on the Node of the dependencies', async () => {
  const folder = await folderWithStates();
  const child = start([launcher, 'forecast', 'running.json', '-', '--json'], folder);
  child.stdin?.end(rebooting);
  const { code, out, err } = await ended(child);
  expect([code, err]).toEqual([10, '']);
  expect(JSON.parse(out)).toMatchObject({ schema: 'trailboss.forecast/1', next: { kind: 'stdin' } });
});

test('who stops reading breaks nothing', async () => {
  const folder = await testFolder();
  const entries = Array.from({ length: 20_000 }, (_value, at) => `"web/file-${at}":"${'a'.repeat(64)}"`);
  await fileOf(folder, 'many.json', `{"#spec":"pantavisor-service-system@1",${entries.join(',')}}`);
  await fileOf(folder, 'none.json', '{"#spec":"pantavisor-service-system@1"}');
  const child = start([program, 'compare', 'none.json', 'many.json', '--fail-on', 'changes'], folder);
  child.stdout?.once('data', () => child.stdout?.destroy());
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect([code, err]).toEqual([12, '']);
});
