import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfBase64 } from './base64.ts';

test('Bytes come out of base64 as they went in', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...bytesOfBase64(Buffer.from(bytes).toString('base64'))]).toEqual([...bytes]);
    }),
  );
});
