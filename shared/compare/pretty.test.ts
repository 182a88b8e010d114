import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonSyntaxError } from '../state/json.ts';
import { lineMarks } from './line-marks.ts';
import { prettyJson } from './pretty.ts';

describe('prettyJson', () => {
  test('keeps literals, escapes and key order', () => {
    const { text } = prettyJson('{"z":1.50,"a":[1e2,{}],"s":"\\u0041\\/","e":[ ]}');
    expect(text).toBe('{\n  "z": 1.50,\n  "a": [\n    1e2,\n    {}\n  ],\n  "s": "\\u0041\\/",\n  "e": []\n}');
  });

  test('lays out what the engine would', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(prettyJson(JSON.stringify(value)).text).toBe(JSON.stringify(value, undefined, 2));
      }),
    );
  });

  test('tells the line of a pointer', () => {
    const { lineOf } = prettyJson('{"a":[1,{"b/c":2}],"d":3}');
    expect(['', '/a', '/a/0', '/a/1', '/a/1/b~1c', '/d', '/nope', '/a/9', '/d/x'].map(lineOf)).toEqual([
      1,
      2,
      3,
      4,
      5,
      8,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a hostile nesting does not fill the memory', () => {
    expect(prettyJson(`${'['.repeat(20_000)}${']'.repeat(20_000)}`).text.length).toBeLessThan(10_000_000);
  });

  test('refuses what is no JSON', () => {
    expect(() => prettyJson('{"a":}')).toThrow(JsonSyntaxError);
    expect(() => prettyJson('{} {}')).toThrow(JsonSyntaxError);
  });
});

describe('lineMarks', () => {
  const before = prettyJson('{"name":"web","restart_policy":"system","storage":{"a":1},"volumes":[]}').text;

  test('marks the lines of the newer text', () => {
    const after = prettyJson('{"name":"web","restart_policy":"container","storage":{},"volumes":["x","y"],"logs":{"l":1}}').text;
    expect(lineMarks(before, after)).toEqual([
      { kind: 'changed', pointer: '/restart_policy', line: 3, endLine: 3 },
      { kind: 'removed', pointer: '/storage/a', line: 4, endLine: 4 },
      { kind: 'added', pointer: '/volumes/0', line: 6, endLine: 6 },
      { kind: 'added', pointer: '/volumes/1', line: 7, endLine: 7 },
      { kind: 'added', pointer: '/logs', line: 9, endLine: 11 },
    ]);
  });

  test('a new text is added as a whole, an equal one has no marks', () => {
    expect(lineMarks(undefined, before)).toEqual([{ kind: 'added', pointer: '', line: 1, endLine: 8 }]);
    expect(lineMarks(before, before)).toEqual([]);
  });

  test('a member removed at the top is marked on the first line', () => {
    expect(lineMarks('{"a":1}', '{\n}')).toEqual([{ kind: 'removed', pointer: '/a', line: 1, endLine: 1 }]);
  });
});
