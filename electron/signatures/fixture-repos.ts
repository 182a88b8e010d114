import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { z } from 'zod';

const here = new URL('fixtures/', import.meta.url);

const Listing = z.object({
  label: z.string(),
  args: z.array(z.string()),
  exit: z.number(),
  stdoutRaw: z.string().optional(),
  stdoutText: z.string().optional(),
});
export type Listing = z.infer<typeof Listing>;

export const signedRepos = ['signed-ok', 'signed-broken', 'signed-dirty', 'signed-variants'] as const;

/** A checkout that pvr made, for tests: its committed state, its files, and what `pvr sig ls` says of it. */
export async function signedRepo(name: (typeof signedRepos)[number]) {
  const files = new Map<string, string>();
  const archive = Readable.from([gunzipSync(readFileSync(new URL(`${name}.tar.gz`, here)))]).pipe(extract());
  for await (const entry of archive) {
    const bytes = await buffer(entry);
    files.set(entry.header.name.slice(name.length + 1), bytes.toString());
  }
  const expected: unknown = JSON.parse(gunzipSync(readFileSync(new URL(`${name}.expected.json.gz`, here))).toString());
  const { sigLs } = z.object({ sigLs: z.array(Listing) }).parse(expected);
  return { text: files.get('.pvr/json') ?? '', files, listings: sigLs };
}

/** The text of a file under `fixtures/keys`. */
export function keyFile(name: string): string {
  return readFileSync(keyPath(name), 'utf8');
}

export function keyPath(name: string): string {
  return new URL(`keys/${name}`, here).pathname;
}
