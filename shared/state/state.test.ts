import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxStateBytes, parseState, type StateDocument } from './state.ts';

const SHA = 'ab'.repeat(32);

describe('parseState', () => {
  test('keeps the exact text of each value, in document order', () => {
    const state = parsed(`{ "#spec" : "pantavisor-service-system@1",\n"b.json": {"n": 1.50 , "a":[ ]},"a":"${SHA}" }`);
    expect(state.spec).toBe('pantavisor-service-system@1');
    expect(state.entries).toEqual([
      { kind: 'json', key: 'b.json', raw: '{"n": 1.50 , "a":[ ]}' },
      { kind: 'object', key: 'a', raw: `"${SHA}"`, sha: SHA },
    ]);
    expect(state.byKey.get('a')).toBe(state.entries[1]);
  });

  test('a .json key with a sha256 is an object, and with any other text inline JSON', () => {
    const state = parsed(`{"a.json":"${SHA}","b.json":"${SHA.slice(1)}","c.json":null}`);
    expect(state.entries.map(({ kind }) => kind)).toEqual(['object', 'json', 'json']);
  });

  test('a state without #spec and one without entries open', () => {
    expect(parsed('{}')).toMatchObject({ spec: undefined, entries: [] });
  });

  test.each([
    ['', /expected a value, but the text ends at line 1, column 1/],
    ['<html>', /found "<" at line 1, column 1/],
    ['[]', /expected an object in braces/],
    ['{"a.json":1,\n "b.json":}', /expected a value, found "}" at line 2, column 11/],
    ['{"a.json":1} x', /expected the end of the text, found "x" at line 1, column 14/],
    ['{"a.json":1,"a.json":2}', /"a.json" is there twice \(line 1, column 13\)/],
    ['{"#spec":"x","#spec":"x"}', /"#spec" is there twice/],
    ['{"#spec":1}', /"#spec" must be a text/],
    ['{"web/file":{"a":1}}', /"web\/file" must be the sha256 of an object/],
    [`{"web/file":"${SHA.toUpperCase()}"}`, /"web\/file" must be the sha256 of an object \(64 lowercase hex digits\)/],
    ['\ufeff{}', /byte order mark/],
    ['{"a.json":"\u0001"}', /control character must be escaped/],
    ['{"a.json":"abc', /ends inside a string/],
    ['{"a.json":"\\', /unknown escape/],
  ])('refuses %j with the place', (text, reason) => {
    const result = parseState(text);
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason), at: expect.any(Number) });
  });

  test('agrees with the engine on what is JSON', () => {
    const broken = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '0', '\\', ' ')).map(([json, at, put]) => {
      const text = `{"x.json":${json}}`;
      return text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1);
    });
    fc.assert(
      fc.property(broken, (text) => {
        const result = parseState(text);
        if (isJsonForEngine(text)) expect(result.ok || !result.reason.startsWith('This is no state: ')).toBe(true);
        else expect(result).toMatchObject({ ok: false });
      }),
      { numRuns: 1000 },
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseState(text).ok === 'boolean'));
  });

  test('deep nesting does not overflow', () => {
    const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
    expect(parsed(`{"a.json":${deep}}`).entries[0]?.raw).toBe(deep);
    expect(parseState(`{"a.json":${'['.repeat(500_000)}`).ok).toBe(false);
  });

  test('a text of more than 32 MB is refused at once, also when its characters need several bytes', () => {
    expect(parseState('x'.repeat(100_000_000))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('larger than 32 MB'),
    });
    expect(parseState('€'.repeat(maxStateBytes / 3 + 1))).toMatchObject({ reason: expect.stringContaining('larger than 32 MB') });
  });
});

function parsed(text: string): StateDocument {
  const result = parseState(text);
  if (!result.ok) throw new Error(result.reason);
  return result.state;
}

function isJsonForEngine(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
