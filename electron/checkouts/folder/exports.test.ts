import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { objectsOf, parsePristine } from '../../../shared/pvr/pristine.ts';
import { openExportFeed } from './export-feed.ts';
import { shaOfBytes } from './file-facts.ts';
import { openPvrFolder } from './folder.ts';
import { importInto } from './import.ts';
import { initFolder } from './init.ts';
import { fixtureJson, lines, never, quiet, scratch, treeOf } from './test-bench.ts';

const Expected = z.array(
  z.object({
    file: z.string(),
    json: z.string(),
    import: z.object({ pvrJson: z.string(), objects: z.array(z.string()) }),
    checkoutAfterImport: z.object({
      files: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })),
      status: z.array(z.string()),
    }),
  }),
);

describe.each(Expected.parse(fixtureJson('exports/expected.json')))('the export $file of the real pvr', (expected) => {
  const path = new URL(`fixtures/exports/${expected.file}`, import.meta.url).pathname;

  test('is imported as pvr imports it, and checked out to the same bytes', async () => {
    const dir = scratch();
    const folder = await openPvrFolder(await initFolder(join(dir, 'tree'), join(dir, 'objects')));
    await importInto(folder, path, never, quiet);
    const { committed = '', objectsDir } = await folder.read(never);
    expect(committed).toBe(expected.import.pvrJson);
    expect((await readdir(objectsDir)).sort()).toEqual([...expected.import.objects].sort());
    const tree = Object.entries(await treeOf(folder.root)).map(([file, bytes]) => [
      file,
      shaOfBytes(Buffer.from(bytes, 'latin1')),
    ]);
    expect(Object.fromEntries(tree)).toEqual(
      Object.fromEntries(expected.checkoutAfterImport.files.map((file) => [file.path, file.sha256])),
    );
    expect(await lines(folder)).toEqual(expected.checkoutAfterImport.status);
  });

  test('is a source of its state and its objects', async () => {
    const feed = await openExportFeed(path, scratch());
    expect(await feed.state(never)).toBe(expected.json);
    const parsed = parsePristine(expected.json);
    for (const sha of parsed.ok ? objectsOf(parsed.pristine).keys() : []) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of feed.object(sha, never)) chunks.push(chunk);
      expect(shaOfBytes(Buffer.concat(chunks))).toBe(sha);
    }
    await feed.close();
  });
});
