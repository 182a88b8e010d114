import { describe, expect, it } from 'vitest';
import { clipRaw, maxRawLength, rawOf } from './raw.ts';

describe('clipRaw', () => {
  it('keeps some KB and says that there was more', () => {
    const clipped = clipRaw('x'.repeat(1_000_000));
    expect(clipped?.length).toBe(maxRawLength + 2);
    expect(clipped?.endsWith(' …')).toBe(true);
  });

  it('shows bytes that are no text without breaking a screen', () => {
    expect(clipRaw(new Uint8Array([0x41, 0x00, 0x1b, 0xff, 0x42, 0x0d, 0x0a, 0x43]))).toBe('A\ufffd\ufffd\ufffdB\nC');
  });

  it('is absent where there is nothing to show', () => {
    expect(rawOf(new Uint8Array())).toEqual({});
    expect(rawOf(undefined)).toEqual({});
  });
});
