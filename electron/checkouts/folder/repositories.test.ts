import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { printedState } from '../../../shared/pvr/checked-out.ts';
import { pvrDiff } from '../../../shared/pvr/diff.ts';
import { formatNewFiles, parseNewFiles } from '../../../shared/pvr/new-files.ts';
import { parsePristine } from '../../../shared/pvr/pristine.ts';
import { exportFolder } from './export.ts';
import { shaOfBytes } from './file-facts.ts';
import { openPvrFolder } from './folder.ts';
import { fixtureJson, lines, never, quiet, scratch, unpacked } from './test-bench.ts';

const Entry = z.object({ name: z.string(), size: z.number(), mode: z.string(), sha256: z.string() });
const Expected = z.object({
  status: z.array(z.string()),
  diff: z.string(),
  json: z.string(),
  jsonCanonical: z.string(),
  workingSha: z.string(),
  pristine: z.string(),
  pristineSha: z.string(),
  new: z.string().nullable(),
  objects: z.array(z.string()),
  exportEntries: z.array(Entry),
});

const own = new URL('fixtures/', import.meta.url);
const signed = new URL('../../signatures/fixtures/', import.meta.url);
const repositories = [
  ...['clean', 'modified-json', 'modified-raw', 'added-removed-untracked', 'raw-json', 'unicode-nested', 'multi-container'].map(
    (name) => ({ name, where: own }),
  ),
  ...['signed-ok', 'signed-broken', 'signed-dirty', 'signed-variants'].map((name) => ({ name, where: signed })),
];

describe.each(repositories)('the checkout $name of the real pvr', ({ name, where }) => {
  const expected = Expected.parse(fixtureJson(`${name}.expected.json`, where));

  test('has its status, diff, states and objects, and is exported as pvr exports it', async () => {
    const folder = await openPvrFolder(unpacked(name, where));
    const { committed = '', working = '', damage, problems, objectsDir } = await folder.read(never);
    expect(await lines(folder)).toEqual(expected.status);
    expect([working, printedState(working), shaOfBytes(working)]).toEqual([
      expected.jsonCanonical.trimEnd(),
      expected.json,
      expected.workingSha,
    ]);
    expect(pvrDiff(membersOf(committed), membersOf(working))).toBe(expected.diff);
    expect([committed, shaOfBytes(committed)]).toEqual([expected.pristine, expected.pristineSha]);
    expect([damage, problems]).toEqual([[], []]);
    expect((await readdir(objectsDir)).sort()).toEqual(expected.objects);
    const parsed = expected.new === null ? undefined : parseNewFiles(expected.new);
    expect(parsed?.ok ? formatNewFiles(parsed.files) : null).toBe(expected.new);

    const path = join(scratch(), 'x.tar');
    await exportFolder(folder, path, [], never, quiet);
    const entries = await entriesOf(path);
    const once = new Map(expected.exportEntries.map((entry) => [entry.name, Entry.parse(entry)]));
    expect(entries[0]).toEqual(expected.exportEntries[0]);
    expect([...entries].sort(byName)).toEqual([...once.values()].sort(byName));
  });
});

function membersOf(text: string): ReadonlyMap<string, string> {
  const parsed = parsePristine(text);
  return parsed.ok ? parsed.pristine.members : new Map();
}

async function entriesOf(path: string): Promise<readonly z.infer<typeof Entry>[]> {
  const entries: z.infer<typeof Entry>[] = [];
  for await (const entry of createReadStream(path).pipe(extract())) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const { name, mode, uid, gid } = entry.header;
    expect([uid, gid]).toEqual([0, 0]);
    entries.push({ name, size: bytes.length, mode: mode.toString(8).padStart(4, '0'), sha256: shaOfBytes(bytes) });
  }
  return entries;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
