import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const script = `
import { openBackend } from './electron/backend.ts';
import { reportingStrayErrors } from './electron/stray-errors.ts';
const backend = await reportingStrayErrors(openBackend)({ profileDir: process.env.PROFILE, demo: false, version: 'test' });
void Promise.reject(new Error('nobody waited for this'));
setImmediate(async () => {
  await backend.close();
  void Promise.reject(new Error('after the end'));
  setImmediate(() => console.log('still here'));
});
`;

let profile = '';
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'trailboss-stray-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

it('a rejection that nobody waits for is logged, and the program goes on', () => {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const end = spawnSync(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, PROFILE: profile },
    encoding: 'utf8',
  });
  expect([end.status, end.stdout]).toEqual([0, 'still here\n']);
  expect(end.stderr).toContain('after its end: Error: after the end');
  expect(readFileSync(join(profile, 'trailboss.log'), 'utf8')).toContain('nobody waited for this');
});
