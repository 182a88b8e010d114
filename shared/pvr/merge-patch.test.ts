import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalize } from '../state/canonical.ts';
import { mergePatch } from './merge-patch.ts';

/** The test cases of RFC 7386, appendix A. */
const rfc: readonly (readonly [string, string, string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

describe('RFC 7386', () => {
  test.each(rfc)('%s with %s', (target, patch, expected) => expect(mergePatch(target, patch)).toBe(expected));

  test('as the RFC’s own pseudocode, for any JSON', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(json, json, (target, patch) => {
        const made: unknown = JSON.parse(mergePatch(JSON.stringify(target), JSON.stringify(patch)));
        expect(made).toEqual(JSON.parse(JSON.stringify(byTheBook(target, patch))));
      }),
      { numRuns: 300 },
    );
  });
});

function byTheBook(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, byTheBook(result.get(name), value));
  }
  return Object.fromEntries(result);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test('numbers, escapes and the order of members survive', () => {
  expect(mergePatch('{"z":9007199254740993, "a":1.50}', '{"n":1e3,"z":"\\u00e9"}')).toBe('{"z":"\\u00e9","a":1.50,"n":1e3}');
});

test('names that say the same are the same, however they are escaped', () => {
  expect(mergePatch('{"\\u0061":1}', '{"a":null}')).toBe('{}');
});

test('pvr’s library also drops nulls of arrays that are new, and keeps them in one that takes an object’s place', () => {
  expect(mergePatch('{}', '{"a":[1,null,[null,{"b":null}]]}', { likePvr: true })).toBe('{"a":[1,[{}]]}');
  expect(mergePatch('{"a":[0]}', '{"a":[1,null]}', { likePvr: true })).toBe('{"a":[1]}');
  expect(mergePatch('{"a":{}}', '{"a":[1,null]}', { likePvr: true })).toBe('{"a":[1,null]}');
  expect(mergePatch('{}', '{"a":[1,null]}')).toBe('{"a":[1,null]}');
});

test('nesting has no limit, and takes time by its length', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  expect(mergePatch(deep, deep)).toBe(deep);
});

test('pvr’s commit is this patch: every transition that the real one made', () => {
  const Transition = z.object({
    pristineBefore: z.string(),
    diff: z.string(),
    commitExit: z.number(),
    pristineAfter: z.string().nullable(),
  });
  const file = new URL('./fixtures/transitions.json.gz', import.meta.url);
  const all = z.array(Transition).parse(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')));
  const committed = all.filter(({ commitExit }) => commitExit === 0);
  const made = committed.map(({ pristineBefore, diff }) =>
    canonicalize(mergePatch(pristineBefore, diff.trim(), { likePvr: true })),
  );
  expect(made).toEqual(committed.map(({ pristineAfter }) => pristineAfter));
  expect(made).toHaveLength(120);
});
