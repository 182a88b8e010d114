import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('start.mjs', import.meta.url));

/** Exit code and output of `npm start` with options after which it sets nothing up. */
function start(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

test('--help says how it is started', async () => {
  const { code, output } = await start(['--help']);
  expect([code, output.includes('npm start -- [options]')]).toEqual([0, true]);
});

test('an option that is not known ends it at once, with a sentence', async () => {
  expect(await start(['--dmeo'])).toEqual({ code: 2, output: "trailboss: Unknown option '--dmeo'. See --help.\n" });
});

test('an option that npm took is noticed', async () => {
  expect(await start([], { npm_config_demo: 'true' })).toEqual({
    code: 2,
    output: 'trailboss: npm took --demo for itself. Put -- before the options: npm start -- --demo\n',
  });
});
