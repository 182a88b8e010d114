import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dependenciesAreInstalled } from './dependencies.mjs';
import { fetchElectron, findElectron, whyNoWindow } from './electron-binary.mjs';
import { buildWhenChanged } from './stamp.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'trailboss-setup-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });

test.each([
  ['the same', { 'node_modules/a': { version: '1.0.0' } }, true],
  ['another version', { 'node_modules/a': { version: '1.0.1' } }, false],
  ['nothing', {}, false],
  ['more', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/z': { version: '1.0.0' } }, true],
])('with %s installed, dependencies are there or not', async (_name, installed, expected) => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };
  await put('package-lock.json', lock(wanted));
  await put('node_modules/.package-lock.json', lock(installed));
  expect(dependenciesAreInstalled(root)).toBe(expected);
});

test('in a fresh clone, or after an install that was cut off, dependencies are not there', async () => {
  await put('package-lock.json', lock({}));
  expect(dependenciesAreInstalled(root)).toBe(false);
  await put('node_modules/.package-lock.json', '{"packages": {');
  expect(dependenciesAreInstalled(root)).toBe(false);
});

test('a build is done when an input changed or its output is gone, and not otherwise', async () => {
  const build = vi.fn(() => put('dist/out.js', 'built'));
  const step = { root, name: 'screens', inputs: ['renderer', 'vite.config.ts', 'missing'], output: 'dist/out.js', build };
  const once = () => buildWhenChanged(step);
  await put('renderer/main.tsx', 'one');
  await put('vite.config.ts', '');
  expect([await once(), await once()]).toEqual(['built', 'fresh']);
  await put('renderer/main.test.ts', 'a test');
  await put('renderer/fixtures/a.json', '{}');
  expect(await once()).toBe('fresh');
  await put('renderer/main.tsx', 'two');
  expect([await once(), await once()]).toEqual(['built', 'fresh']);
  await put('renderer/more.ts', '');
  expect([await once(), await once()]).toEqual(['built', 'fresh']);
  await rm(join(root, 'dist/out.js'));
  expect(await once()).toBe('built');
});

test('a build that failed is tried again', async () => {
  const build = vi.fn(() => Promise.reject(new Error('broken')));
  const step = { root, name: 'screens', inputs: ['renderer'], output: 'renderer/main.tsx', build };
  await put('renderer/main.tsx', '');
  await expect(buildWhenChanged(step)).rejects.toThrow('broken');
  await expect(buildWhenChanged(step)).rejects.toThrow('broken');
});

test('Electron is found by its files alone', async () => {
  expect(findElectron(root, {})).toBeUndefined();
  await put('node_modules/electron/path.txt', 'electron');
  expect(findElectron(root, {})).toBeUndefined();
  await put('node_modules/electron/dist/electron', '');
  expect(findElectron(root, {})).toBe(join(root, 'node_modules/electron/dist/electron'));
  await put('elsewhere/electron', '');
  const env = { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'elsewhere') };
  expect(findElectron(root, env)).toBe(join(root, 'elsewhere/electron'));
  expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'missing') })).toBeUndefined();
});

test('a fetch of Electron that failed is not tried again for a day', async () => {
  const hour = 60 * 60 * 1000;
  const probe = vi.fn(async () => false);
  const fetchBinary = vi.fn(async () => {
    await put('node_modules/electron/path.txt', 'electron');
    await put('node_modules/electron/dist/electron', '');
    return true;
  });
  const at = (now: number) => fetchElectron(root, { now, probe, fetchBinary });
  expect(await at(0)).toEqual({ reason: 'no Electron binary is here, and github.com is not reachable' });
  expect(await at(23 * hour)).toMatchObject({ reason: expect.stringContaining('could not be fetched the last time') });
  expect([probe.mock.calls.length, fetchBinary.mock.calls.length]).toEqual([1, 0]);
  probe.mockResolvedValue(true);
  expect(await at(24 * hour)).toEqual({ path: join(root, 'node_modules/electron/dist/electron') });
});

test('a download that breaks off is remembered as well', async () => {
  const ports = { now: 0, probe: async () => true, fetchBinary: async () => false };
  expect(await fetchElectron(root, ports)).toEqual({ reason: 'no Electron binary is here, and fetching it failed' });
});

test.each([
  ['linux', {}, 1000, 'there is no display'],
  ['linux', { DISPLAY: ':0' }, 0, 'Electron does not run as root with its sandbox on'],
  ['linux', { DISPLAY: ':0' }, 1000, undefined],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, undefined],
  ['darwin', {}, 501, undefined],
  ['win32', {}, undefined, undefined],
])('on %s with %j for user %j a window fails because %j', (platform, env, uid, reason) => {
  expect(whyNoWindow({ platform, env, uid })).toBe(reason);
});
