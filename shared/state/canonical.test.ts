import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalize, compareCodePoints, stateSha } from './canonical.ts';
import { CanonicalNumberError } from './canonical-number.ts';
import { JsonSyntaxError } from './json.ts';

const Case = z.object({
  tag: z.string(),
  input: z.string().optional(),
  inputBase64: z.string().optional(),
  canonical: z.string().optional(),
  canonicalState: z.string().optional(),
  stateSha: z.string().optional(),
});

const cases = readCases('canonical');

describe('what the real pvr makes of a file', () => {
  test('every case has the canonical form that pvr writes', () => {
    expect(cases).toHaveLength(405);
    for (const { tag, canonical, ...file } of cases) expect(canonicalize(textOf(file)), tag).toBe(canonical);
  });

  test('every case has the sha of the state that pvr makes of it', () => {
    for (const { tag, canonical, canonicalState, stateSha: sha } of cases) {
      const state = `{"x.json":${canonical},"#spec":"pantavisor-service-system@1"}`;
      expect(canonicalize(state), tag).toBe(canonicalState);
      expect(stateSha(state), tag).toBe(sha);
    }
  });

  test('every file that stands alone may be put into a state as it is', () => {
    const whole = cases.filter(({ tag }) => tag !== 'trailing-garbage');
    for (const { tag, stateSha: sha, ...file } of whole) {
      expect(stateSha(`{"#spec":"pantavisor-service-system@1","x.json":${textOf(file)}}`), tag).toBe(sha);
    }
  });

  test('every input that pvr refuses is refused', () => {
    const refused = readCases('canonical-errors');
    expect(refused).toHaveLength(25);
    for (const file of refused) expect(() => canonicalize(textOf(file)), textOf(file)).toThrow(JsonSyntaxError);
  });
});

describe('canonicalize', () => {
  test('is what it was when applied again', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const once = canonicalize(text);
        expect(canonicalize(once)).toBe(once);
      }),
    );
  });

  test('says the same as the text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(JSON.parse(canonicalize(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('sorts keys by code point', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  test('nesting of 200,000 levels is no problem', () => {
    const deep = `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`;
    expect(canonicalize(deep)).toBe(deep);
  });

  test.each(['1e10001', '[1e99999999999999999999]', '-1E+40000'])('refuses to write out %s', (text) => {
    expect(() => canonicalize(text)).toThrow(CanonicalNumberError);
  });

  test('refuses many large numbers that would fill the memory', () => {
    expect(() => canonicalize(`[${Array(500).fill('1e9999').join()}]`)).toThrow(CanonicalNumberError);
  });

  test('a small number with any exponent is written as such', () => {
    expect(canonicalize('[1e-99999,0e99999999999999999999]')).toBe('[1.0E-99999,0]');
  });
});

function readCases(name: string): readonly z.infer<typeof Case>[] {
  const bytes = gunzipSync(readFileSync(new URL(`fixtures/${name}.json.gz`, import.meta.url)));
  return z.array(Case).parse(JSON.parse(bytes.toString('utf8')));
}

function textOf({
  input,
  inputBase64,
}: {
  readonly input?: string | undefined;
  readonly inputBase64?: string | undefined;
}): string {
  return input ?? decodeAsGo(Buffer.from(inputBase64 ?? '', 'base64'));
}

/** Go reads one U+FFFD for each byte that belongs to no valid sequence; TextDecoder gives one for each broken sequence. */
function decodeAsGo(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lengths = [1, 2, 3, 4].filter((length) => isCharacter(bytes.subarray(at, at + length), length));
    const [length = 0] = lengths;
    text += length === 0 ? '\ufffd' : bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return text;
}

function isCharacter(bytes: Buffer, length: number): boolean {
  const text = bytes.toString('utf8');
  return bytes.length === length && [...text].length === 1 && Buffer.from(text).equals(bytes);
}
