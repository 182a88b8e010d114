import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../state/canonical.ts';
import { type JsonDiff, jsonDiff } from './json-diff.ts';
import { nodeAt, readTree } from './json-tree.ts';
import { pairsByContent, pairsByName } from './list-pairs.ts';

/** What differs, one line each, deepest places only. */
function told(diff: JsonDiff, path = ''): readonly string[] {
  const here = diff.labelled === 'whole' ? '' : `${path}/${diff.label}`;
  if (diff.kind === 'within') return diff.children.flatMap((child) => told(child, here));
  return diff.kind === 'same' ? [] : [`${diff.kind} ${here}`];
}

/** One side of the tree as JSON again. */
function rebuilt(diff: JsonDiff, side: 'before' | 'after'): string {
  const children = diff.children.filter((child) => child[side] !== undefined);
  if (diff.children.length === 0) return diff[side]?.text ?? '';
  if (diff.shape === 'object') {
    return `{${children.map((child) => `${JSON.stringify(child.label)}:${rebuilt(child, side)}`).join(',')}}`;
  }
  const place = (child: JsonDiff) => Number(child[side]?.pointer.split('/').at(-1));
  return `[${[...children]
    .sort((a, b) => place(a) - place(b))
    .map((child) => rebuilt(child, side))
    .join(',')}]`;
}

function everywhere(diff: JsonDiff): readonly JsonDiff[] {
  return [diff, ...diff.children.flatMap(everywhere)];
}

describe('jsonDiff', () => {
  test.each([
    ['{"a":1,"b":2}', '{"b":2,"a":1.0}', []],
    ['{"a":1}', '{"b":1}', ['added /b', 'removed /a']],
    ['[1,2,3]', '[1,3]', ['removed /1']],
    ['[1,3]', '[1,2,3]', ['added /1']],
    ['["a","b"]', '["a","c"]', ['changed /1']],
    ['[{"name":"x","v":1},{"name":"y"}]', '[{"name":"new"},{"name":"x","v":2},{"name":"y"}]', ['added /new', 'changed /x/v']],
    ['[{"name":"x"},{"name":"y"}]', '[{"name":"y"},{"name":"x"}]', ['moved /y']],
    ['[{"name":"x"},{"name":"x"}]', '[{"name":"x"}]', ['removed /1']],
    ['{"a":{"b":1}}', '{"a":[1]}', ['changed /a']],
    ['{"a":null}', '{"a":{"b":[]}}', ['changed /a']],
  ])('%s → %s', (before, after, differences) => {
    expect(told(jsonDiff(before, after))).toEqual(differences);
  });

  test('what is new or gone can be opened too', () => {
    const added = jsonDiff(undefined, '{"a":[1]}');
    expect(everywhere(added).map(({ kind, label }) => `${kind} ${label}`)).toEqual(['added ', 'added a', 'added 0']);
    expect(everywhere(jsonDiff('{"a":[1]}', undefined)).every(({ kind }) => kind === 'removed')).toBe(true);
  });

  const values = fc.jsonValue({ maxDepth: 4 });
  const named = fc.uniqueArray(fc.record({ name: fc.constantFrom(...'abcdefg'), v: fc.nat(2) }), {
    selector: ({ name }) => name,
  });
  const lists = fc.array(fc.nat(3), { maxLength: 8 });
  const any = fc.oneof(values, named, lists);
  const pairs = any.chain((value) => fc.tuple(fc.constant(value), fc.oneof(fc.constant(value), any)));

  test('all is the same exactly when the canonical forms are', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const [before, after] = [JSON.stringify(a), JSON.stringify(b, undefined, 2)];
        expect(jsonDiff(before, after).kind === 'same').toBe(canonicalize(before) === canonicalize(after));
      }),
    );
  });

  test('both sides can be read out of the tree again, and each pointer leads to its text', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const texts = { before: JSON.stringify(a), after: JSON.stringify(b) };
        const diff = jsonDiff(texts.before, texts.after);
        for (const side of ['before', 'after'] as const) {
          expect(canonicalize(rebuilt(diff, side))).toBe(canonicalize(texts[side]));
          const tree = readTree(texts[side]);
          for (const { [side]: place } of everywhere(diff)) {
            if (place === undefined) continue;
            const node = nodeAt(tree, place.pointer);
            expect(node && texts[side].slice(node.start, node.end)).toBe(place.text);
          }
        }
      }),
    );
  });

  test('deep nesting does not overflow', () => {
    const deep = (leaf: string) => `${'['.repeat(50_000)}${leaf}${']'.repeat(50_000)}`;
    expect(jsonDiff(deep('1'), deep('2')).kind).toBe('within');
  });
});

describe('pairs of list items', () => {
  const letters = fc.array(fc.constantFrom(...'abcd'), { maxLength: 12 });

  test('every item is paired once, in the order of both lists', () => {
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        const made = pairsByContent(before, after);
        expect(made.flatMap((pair) => pair.before ?? [])).toEqual(before.map((_, index) => index));
        expect(made.flatMap((pair) => pair.after ?? [])).toEqual(after.map((_, index) => index));
      }),
    );
  });

  test('those that did not move are in the order of both lists', () => {
    const names = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
    fc.assert(
      fc.property(names, names, (before, after) => {
        const stayed = pairsByName(before, after).filter((pair) => pair.moved === undefined && pair.after !== undefined);
        const places = stayed.flatMap((pair) => pair.before ?? []);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });
});
