import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { type FileContent, inlineContent } from '../../../shared/pvr/working.ts';
import { Sha256 } from '../../../shared/state/ids.ts';
import { maxStateBytes } from '../../../shared/state/state.ts';
import { noFile } from './disk.ts';
import { goText } from './go-text.ts';

/** A file that was written to less than this before it was read, in milliseconds, may have been written again within one tick of its clock. */
const settlesAfter = 2000;

interface Fact {
  readonly stamp: string;
  readonly sha?: Sha256;
  readonly inline?: FileContent;
}

/** What is in files, remembered by path, size, times and inode, so that a large one is read once and not at every look. */
export class FileFacts {
  readonly #facts = new Map<string, Fact>();

  /** sha256 of a file's bytes; a link is followed, as pvr does. */
  async sha(path: string, signal: AbortSignal): Promise<Sha256> {
    const { stamp, settled } = await stampOf(path);
    const known = this.#facts.get(path);
    if (known?.stamp === stamp && known.sha !== undefined) return known.sha;
    const sha = await shaOfFile(path, signal);
    const after = await stampOf(path);
    if (settled && after.stamp === stamp) this.#facts.set(path, { ...(known?.stamp === stamp ? known : { stamp }), sha });
    return sha;
  }

  /** What a `.json` file is for the state. */
  async inline(path: string, signal: AbortSignal): Promise<FileContent> {
    const { stamp, settled, size } = await stampOf(path);
    const known = this.#facts.get(path);
    if (known?.stamp === stamp && known.inline !== undefined) return known.inline;
    if (size > maxStateBytes)
      return { kind: 'problem', text: `It is larger than ${maxStateBytes / 1024 / 1024} MB: too large for a state.` };
    const inline = inlineContent(goText(await readFile(path, { signal })));
    if (settled) this.#facts.set(path, { ...(known?.stamp === stamp ? known : { stamp }), inline });
    return inline;
  }

  /** Forgets the files that are not among `paths` any more. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.#facts.keys()) if (!paths.has(path)) this.#facts.delete(path);
  }
}

/** A file of at most so many bytes is read at one go. */
const atOneGo = 256 * 1024;

/** sha256 of a file; a large one is read in pieces. EINVAL for what is none, such as a pipe or a device, which might never end. */
export async function shaOfFile(path: string, signal: AbortSignal): Promise<Sha256> {
  const found = await stat(path);
  if (!found.isFile()) throw noFile(path, found.isDirectory());
  if (found.size <= atOneGo) return shaOfBytes(await readFile(path, { signal }));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) hash.update(chunk);
  return Sha256.parse(hash.digest('hex'));
}

export function shaOfBytes(bytes: Uint8Array | string): Sha256 {
  return Sha256.parse(createHash('sha256').update(bytes).digest('hex'));
}

async function stampOf(path: string): Promise<{ readonly stamp: string; readonly settled: boolean; readonly size: number }> {
  const found = await stat(path, { bigint: true });
  if (!found.isFile()) throw noFile(path, found.isDirectory());
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = found;
  const last = Math.max(Number(mtimeMs), Number(ctimeMs));
  return { stamp: [dev, ino, size, mtimeNs, ctimeNs].join(':'), settled: Date.now() - last > settlesAfter, size: Number(size) };
}
