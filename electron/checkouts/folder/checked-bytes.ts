import { createHash } from 'node:crypto';
import type { Sha256 } from '../../../shared/state/ids.ts';

/** Hands bytes through, and throws at their end when their sha256 is not the one promised. */
export async function* checkedBytes(
  bytes: AsyncIterable<Uint8Array>,
  sha: Sha256,
  problem: (actual: string) => Error,
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
  const actual = hash.digest('hex');
  if (actual !== sha) throw problem(actual);
}
