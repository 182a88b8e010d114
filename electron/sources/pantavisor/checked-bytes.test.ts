import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../shared/state/ids.ts';
import { checkedIncoming, checkedOutgoing } from './checked-bytes.ts';

async function* from(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const shaOf = (bytes: Uint8Array) => Sha256.parse(createHash('sha256').update(bytes).digest('hex'));

async function taken(bytes: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: Buffer; readonly failed: unknown }> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of bytes) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks), failed: undefined };
  } catch (failed) {
    return { bytes: Buffer.concat(chunks), failed };
  }
}

describe('checked bytes', () => {
  it('pass whole when they are what was announced', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array()), async (chunks) => {
        const all = Buffer.concat(chunks);
        expect(await taken(checkedOutgoing(from(chunks), shaOf(all), all.length))).toEqual({ bytes: all, failed: undefined });
        expect(await taken(checkedIncoming(from(chunks), shaOf(all)))).toEqual({ bytes: all, failed: undefined });
      }),
    );
  });

  it('never arrive whole at a device when they are not', async () => {
    const chunks = [Buffer.from('one'), Buffer.from('two'), Buffer.from('three')];
    const all = Buffer.concat(chunks);
    for (const outcome of [
      await taken(checkedOutgoing(from(chunks), shaOf(Buffer.from('other')), all.length)),
      await taken(checkedOutgoing(from(chunks), shaOf(all), all.length + 1)),
    ]) {
      expect(outcome.failed).toMatchObject({ code: 'BAD_CHECKSUM' });
      expect(outcome.bytes.length).toBeLessThan(all.length);
    }
  });

  it('from a device are refused at their end', async () => {
    const outcome = await taken(checkedIncoming(from([Buffer.from('tampered')]), shaOf(Buffer.from('good'))));
    expect(outcome.failed).toMatchObject({ code: 'BAD_CHECKSUM' });
  });
});
