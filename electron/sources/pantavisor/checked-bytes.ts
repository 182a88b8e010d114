import { createHash } from 'node:crypto';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';

const empty = new Uint8Array();

/**
 * An object's bytes on their way to a device. The last chunk is held back until all of them are known to have the announced
 * sha256 and size, so that wrong bytes never arrive whole: BAD_CHECKSUM.
 */
export async function* checkedOutgoing(bytes: AsyncIterable<Uint8Array>, sha: Sha256, size: number): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let seen = 0;
  let held: Uint8Array = empty;
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue;
    if (held.length > 0) yield held;
    hash.update(chunk);
    seen += chunk.length;
    held = chunk;
  }
  if (seen !== size || hash.digest('hex') !== sha) {
    throw new TrailbossError('BAD_CHECKSUM', {
      what: `The stored copy of object ${sha.slice(0, 8)} is damaged: its bytes do not have this sha256 any more.`,
      unchanged: 'The device did not get the object.',
      next: 'Add the file to the draft again.',
    });
  }
  if (held.length > 0) yield held;
}

/** An object's bytes as they come from a device; at their end BAD_CHECKSUM when they are not what was asked for. */
export async function* checkedIncoming(bytes: AsyncIterable<Uint8Array>, sha: Sha256): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let seen = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    seen += chunk.length;
    yield chunk;
  }
  if (hash.digest('hex') === sha) return;
  throw new TrailbossError('BAD_CHECKSUM', {
    what: `The device sent ${seen} ${seen === 1 ? 'byte' : 'bytes'} for object ${sha.slice(0, 8)}, and they do not have that sha256.`,
    unchanged: 'The bytes were thrown away.',
    next: 'Try again. If it stays, the object is damaged on the device, and an update that needs it would fail.',
  });
}
