import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64OfBytes, bytesOfBase64 } from './base64.ts';

test('Bytes come out of base64 as they went in', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...bytesOfBase64(Buffer.from(bytes).toString('base64'))]).toEqual([...bytes]);
      expect(base64OfBytes(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});

test('Many bytes become base64 at once', () => {
  const bytes = new Uint8Array(100_000).fill(200);
  expect(base64OfBytes(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
