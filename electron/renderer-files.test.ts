import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rendererFiles } from './renderer-files.ts';

let place: string;
let folder: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'trailboss-files-'));
  folder = join(place, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<title>start</title>');
  await writeFile(join(folder, 'assets', 'main.js'), 'start()');
  await writeFile(join(place, 'secret.txt'), 'secret');
  await symlink(join(place, 'secret.txt'), join(folder, 'assets', 'link.txt'));
});
afterAll(() => rm(place, { recursive: true }));

const bodyOf = async (path: string) => (await rendererFiles(folder).read(path))?.body.toString();

test.each([
  ['/', '<title>start</title>'],
  ['/device/board-7', '<title>start</title>'],
  ['/assets/main.js', 'start()'],
  ['/assets/missing.js', undefined],
  ['/assets/link.txt', undefined],
  ['/../secret.txt', undefined],
  ['/%2e%2e/secret.txt', undefined],
  ['/..%2fsecret.txt', undefined],
  ['/assets/..%5c..%5csecret.txt', undefined],
  ['/%00/index.html', undefined],
  ['/%ff.js', undefined],
])('%s gives %j', async (path, body) => {
  expect(await bodyOf(path)).toBe(body);
});

test('whatever is asked for, nothing outside of the folder is read', async () => {
  const segment = fc.constantFrom(
    '..',
    '%2e%2e',
    '.',
    'assets',
    'secret.txt',
    '/',
    '%2f',
    '%5c',
    '\\',
    '%00',
    'renderer',
    'index.html',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { maxLength: 8 }), async (segments) => {
      expect(await bodyOf(`/${segments.join('/')}`)).not.toBe('secret');
    }),
    { numRuns: 300 },
  );
});

test('a rebuild is noticed, and only hashed files are kept by the browser', async () => {
  const files = rendererFiles(folder);
  expect((await files.read('/'))?.cacheControl).toBe('no-store');
  await writeFile(join(folder, 'assets', 'later.css'), 'a{}');
  const later = await files.read('/assets/later.css');
  expect([later?.body.toString(), later?.contentType, later?.cacheControl]).toEqual([
    'a{}',
    'text/css; charset=utf-8',
    'private, max-age=31536000, immutable',
  ]);
});
