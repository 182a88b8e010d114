import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalize } from '../../../shared/state/canonical.ts';
import { exportFolder } from './export.ts';
import { openPvrFolder } from './folder.ts';
import { importInto } from './import.ts';
import { initFolder } from './init.ts';
import { madeOf, never, quiet, scratch, treeOf } from './test-bench.ts';

const name = fc.oneof(
  fc.constantFrom('run.json', 'a', 'x.JSON', '.hidden', 'new.new', 'sp ace', '日本.json', 'q"\\t', '-'),
  fc.stringMatching(/^[a-z]{1,8}(\.json)?$/),
);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
const number = fc.oneof(fc.bigInt().map(String), fc.double({ noDefaultInfinity: true, noNaN: true }).map(String));
const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  number,
  number.map((literal) => `{"n": [${literal}, null], "m":null}`),
);
const tree = fc
  .dictionary(path, fc.record({ text: fc.string({ unit: 'grapheme' }), json }), { maxKeys: 12 })
  .map((files) =>
    fitting(Object.entries(files).map(([key, { text, json: value }]) => [key, key.endsWith('.json') ? value : text])),
  );

test('a tree that is committed, exported and imported elsewhere has the same objects byte by byte, and the same values', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (files) => {
      const folder = await madeOf(files);
      await folder.commit('', never, quiet);
      const { committed, working, status } = await folder.read(never);
      expect([working, status]).toEqual([committed, []]);
      const dir = scratch();
      const file = join(dir, 'x.tgz');
      await exportFolder(folder, file, [], never, quiet);
      const other = await openPvrFolder(await initFolder(join(dir, 'tree'), join(dir, 'objects')));
      await importInto(other, file, never, quiet);
      const there = await other.read(never);
      expect([there.committed, there.working, there.status]).toEqual([committed, committed, []]);
      expect(said(await treeOf(other.root))).toEqual(said(await treeOf(folder.root)));
    }),
    { numRuns: 6 },
  );
});

/** Inline JSON by its value, everything else by its bytes. */
function said(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([key, bytes]) => [
      key,
      key.endsWith('.json') ? canonicalize(Buffer.from(bytes, 'latin1').toString()) : bytes,
    ]),
  );
}

/** Without those that would need a folder where another one is a file. */
function fitting(files: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const keys = new Set(files.map(([key]) => key));
  const needs = (key: string) =>
    key
      .split('/')
      .slice(0, -1)
      .map((_, at, all) => all.slice(0, at + 1).join('/'));
  return Object.fromEntries(files.filter(([key]) => !needs(key).some((folder) => keys.has(folder))));
}
