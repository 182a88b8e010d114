import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { deviceMatcher } from './device-glob.ts';
import { BadPatternError, globMatcher, matchesGlob } from './glob.ts';

const Cases = z.array(z.tuple([z.string(), z.string(), z.number()]));

describe('patterns as pvr compares them', () => {
  test('the table of what pvr takes', () => {
    const taken = {
      '**': ['#spec', 'a/b/c', '.hid/.x'],
      'app/**': ['app/a', 'app/a/b'],
      '**/src.json': ['src.json', 'a/b/src.json'],
    };
    for (const [pattern, keys] of Object.entries(taken))
      for (const key of keys) expect([pattern, key, matches(pattern, key)]).toEqual([pattern, key, 1]);
    const more = [
      ['*', '#spec'],
      ['*', '.hid'],
      ['a/**/b', 'a/b'],
      ['a/**/b', 'a/x/y/b'],
      ['{a,b}/**', 'b/x'],
      ['a**b/c', 'axb/c'],
      ['app/**/*', 'app/a'],
    ];
    for (const [pattern = '', key = ''] of more) expect([pattern, key, matches(pattern, key)]).toEqual([pattern, key, 1]);
  });

  test('the table of what it does not take', () => {
    const not = [
      ['app/**', 'app'],
      ['app/**', 'app10/a'],
      ['app/*', 'app/a/b'],
      ['*', 'a/b'],
      ['a**', 'a/b'],
      ['[!a]/x', 'b/x'],
      ['app//**', 'app/a'],
      ['app/**/', 'app/a'],
    ];
    for (const [pattern = '', key = ''] of not) expect([pattern, key, matches(pattern, key)]).toEqual([pattern, key, 0]);
  });

  test('each of 6,000 cases is decided as doublestar 1.3.4 does', () => {
    const cases = fixture('doublestar');
    expect(cases).toHaveLength(6000);
    expect(cases.filter(([pattern, key, wanted]) => matches(pattern, key) !== wanted)).toEqual([]);
  });

  test('the short ways say what the long one says', () => {
    const piece = fc.constantFrom('a', 'b', '/', '.', '#', '\\');
    const key = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const literal = key.map((text) => text.replaceAll('\\', ''));
    fc.assert(
      fc.property(literal, fc.constantFrom('', '/**'), key, (start, end, tried) => {
        expect(globMatcher(start + end)(tried)).toBe(matchesGlob(start + end, tried));
      }),
    );
  });

  test('a pattern that would take for ever ends as a bad one', () => {
    expect(() => matchesGlob(`${'*a'.repeat(30)}b`, 'a'.repeat(200), { left: 50_000 })).toThrow(BadPatternError);
    expect(() => matchesGlob(`${'**/'.repeat(30)}b`, 'a/'.repeat(100), { left: 50_000 })).toThrow('too entangled');
  });
});

describe('patterns as the device compares them', () => {
  test('each of 5,000 cases is decided as fnmatch does', () => {
    const cases = fixture('device-glob');
    expect(cases).toHaveLength(5000);
    expect(cases.filter(([pattern, key, wanted]) => Number(deviceMatcher(pattern)(key)) !== wanted)).toEqual([]);
  });

  test('where it differs from pvr', () => {
    const told = [
      '**|a/b',
      'a/**|a',
      '**/src.json|src.json',
      '**/src.json|x/y/src.json',
      '{a,b}/**|a/x',
      '*/**|#spec',
      '[!a]/x|b/x',
    ];
    const differences = told.map((pair) => {
      const [pattern = '', key = ''] = pair.split('|');
      return `${pair}: ${globMatcher(pattern)(key)} ${deviceMatcher(pattern)(key)}`;
    });
    expect(differences).toEqual([
      '**|a/b: true false',
      'a/**|a: false true',
      '**/src.json|src.json: true false',
      '**/src.json|x/y/src.json: true false',
      '{a,b}/**|a/x: true false',
      '*/**|#spec: false true',
      '[!a]/x|b/x: false true',
    ]);
  });

  test('stars do not make it slow', () => {
    expect(deviceMatcher(`${'*a'.repeat(200)}b`)('a'.repeat(2000))).toBe(false);
  });
});

/** 0 no, 1 yes, 2 a pattern that can't be read. */
function matches(pattern: string, key: string): number {
  try {
    return matchesGlob(pattern, key) ? 1 : 0;
  } catch (error) {
    if (error instanceof BadPatternError) return 2;
    throw error;
  }
}

function fixture(name: string): z.infer<typeof Cases> {
  return Cases.parse(JSON.parse(gunzipSync(readFileSync(new URL(`fixtures/${name}.json.gz`, import.meta.url))).toString()));
}
