import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkedOutJson } from './checked-out.ts';
import { emptyConfig, formatConfig, parseConfig } from './config.ts';
import { exportedState } from './export-parts.ts';
import { indentJson } from './json-text.ts';
import { unsafeKey, unsafeKeys } from './key-safety.ts';
import { formatNewFiles, parseNewFiles } from './new-files.ts';
import { parsePristine } from './pristine.ts';

describe('.pvr/config', () => {
  test('is read in any case and with members that nobody knows, and written with those that pvr has', () => {
    const parsed = parseConfig(
      '{"defaultgeturl":"http://a","other":[1],"ObjectsDir":null,"AccessTokens":{"b":"2","a":"1"}} trailing',
    );
    expect(parsed).toEqual({ ok: true, config: { ...emptyConfig, defaultGetUrl: 'http://a', accessTokens: { a: '1', b: '2' } } });
    expect(parsed.ok && formatConfig(parsed.config)).toBe(
      '{\n\t"DefaultGetUrl": "http://a",\n\t"DefaultPutUrl": "",\n\t"DefaultPostUrl": "",\n\t"ObjectsDir": "",\n\t"AccessTokens": {\n\t\t"a": "1",\n\t\t"b": "2"\n\t},\n\t"RefreshTokens": {}\n}',
    );
  });

  test('is what it was after writing and reading', () => {
    const text = fc.string({ unit: 'grapheme' });
    const config = fc.record({
      defaultGetUrl: text,
      defaultPutUrl: text,
      defaultPostUrl: text,
      objectsDir: text,
      accessTokens: fc.dictionary(text, text, { noNullPrototype: true }),
      refreshTokens: fc.constant({}),
    });
    fc.assert(
      fc.property(config, (one) => {
        expect(parseConfig(formatConfig(one))).toEqual({ ok: true, config: one });
      }),
    );
  });

  test.each(['', '[]', '{"ObjectsDir":1}', '{"AccessTokens":[]}', '{'])('%j is refused with a sentence', (text) => {
    expect(parseConfig(text)).toMatchObject({ ok: false, reason: expect.stringMatching(/^\.pvr\/config .*\.$/) });
  });
});

describe('.pvr/new', () => {
  test('is what it was after reading and writing', () => {
    const text = '{"a":{"ForceObject":true,"Sha":"x"},"é\\n":{"ForceObject":false,"Sha":""}}';
    const parsed = parseNewFiles(text);
    expect(parsed.ok && formatNewFiles(parsed.files)).toBe(text);
    expect(parseNewFiles('null')).toEqual({ ok: true, files: new Map() });
  });

  test.each(['', '[]', '{"a":1}', '{"a":{"ForceObject":"yes"}}'])('%j is refused with a sentence', (text) => {
    expect(parseNewFiles(text)).toMatchObject({ ok: false, reason: expect.stringMatching(/^\.pvr\/new .*\.$/) });
  });
});

test('inline JSON is checked out as Go lays it out', () => {
  expect(checkedOutJson('{"":[],"a":[1.5E0,{}],"b":{"<&>":"\\b\\u001F\u2028"}}')).toBe(
    '{\n    "": [],\n    "a": [\n        1.5E0,\n        {}\n    ],\n    "b": {\n        "\\u003c\\u0026\\u003e": "\\u0008\\u001f\\u2028"\n    }\n}',
  );
  expect(checkedOutJson('7')).toBe('7');
});

test('any JSON is laid out to the same value, and as JavaScript does where there is no difference', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(indentJson(text, '  ')).toBe(JSON.stringify(JSON.parse(text), null, 2));
    }),
  );
});

describe('a key', () => {
  test.each(['a', 'a/b.json', '.hidden', '.pvrignore', 'a\\b', 'a:b', '…/x', '..a/b..'])('%j may be checked out', (key) => {
    expect(unsafeKey(key)).toBeUndefined();
  });

  test.each(['', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/..', 'a/./b', '.pvr/json', '.PVR', '.pv/x', 'a\u0000', '\ud800'])(
    '%j may not',
    (key) => {
      expect(unsafeKey(key)).toMatch(/^(A|The) key .*\.$/);
    },
  );

  test('must not be a file and a folder at once', () => {
    expect(unsafeKeys(['a', 'ab', 'b/a'])).toBeUndefined();
    expect(unsafeKeys(['a/b/c', 'a/b'])).toContain('"a/b"');
  });
});

describe('a committed state', () => {
  test.each(['', '[]', '7', '{"a":1}', '{"a":null}', '{"#spec":1}', `{"a":"${'0'.repeat(63)}"}`, '['.repeat(2000)])(
    '%j is refused',
    (text) => {
      expect(parsePristine(text)).toMatchObject({
        ok: false,
        reason: expect.stringMatching(/^This is no state of a checkout: .*\.$/),
      });
    },
  );

  test('has in an export what pvr takes for a part', () => {
    const parsed = parsePristine('{"#spec":"s","app/run.json":{},"app10/run.json":{},"app.json":1}');
    const keys = (parts: readonly string[]) => (parsed.ok ? Object.keys(JSON.parse(exportedState(parsed.pristine, parts))) : []);
    expect(keys([])).toEqual(['#spec', 'app.json', 'app/run.json', 'app10/run.json']);
    expect(keys(['app', 'app.json'])).toEqual(['#spec', 'app.json', 'app/run.json']);
    expect(keys(['app10/', 'nope'])).toEqual(['#spec', 'app10/run.json']);
  });
});
