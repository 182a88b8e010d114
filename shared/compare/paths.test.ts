import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../state/canonical.ts';
import { nodeAt, readTree } from './json-tree.ts';
import { changedPaths } from './paths.ts';

describe('changedPaths', () => {
  test.each([
    ['{"a":1,"b":2}', '{"b":2,"a":1}', []],
    ['{"a":1.0,"s":"\\u0041"}', '{"a":1,"s":"A"}', []],
    ['{"a":1}', '{"a":2}', [{ kind: 'changed', pointer: '/a', before: '1', after: '2' }]],
    [
      '{"a":1}',
      '{"b":1}',
      [
        { kind: 'added', pointer: '/b', after: '1' },
        { kind: 'removed', pointer: '/a', before: '1' },
      ],
    ],
    [
      '[1,2,3]',
      '[1,4]',
      [
        { kind: 'changed', pointer: '/1', before: '2', after: '4' },
        { kind: 'removed', pointer: '/2', before: '3' },
      ],
    ],
    ['{"a":{"b":[{"c":1}]}}', '{"a":{"b":[{"c":2}]}}', [{ kind: 'changed', pointer: '/a/b/0/c', before: '1', after: '2' }]],
    ['{"a/b":{"~":1}}', '{"a/b":{"~":2}}', [{ kind: 'changed', pointer: '/a~1b/~0', before: '1', after: '2' }]],
    ['{"a":{}}', '{"a":[]}', [{ kind: 'changed', pointer: '/a', before: '{}', after: '[]' }]],
    ['1', '"1"', [{ kind: 'changed', pointer: '', before: '1', after: '"1"' }]],
    ['{"a":null}', '{}', [{ kind: 'removed', pointer: '/a', before: 'null' }]],
  ])('%s → %s', (before, after, changes) => {
    expect(changedPaths(before, after)).toEqual(changes);
  });

  test('nothing differs exactly when the canonical forms are the same', () => {
    const similar = fc
      .jsonValue({ maxDepth: 3 })
      .chain((value) => fc.tuple(fc.constant(value), fc.oneof(fc.constant(value), fc.jsonValue({ maxDepth: 3 }))));
    fc.assert(
      fc.property(similar, ([a, b]) => {
        const before = JSON.stringify(a);
        const after = JSON.stringify(b, undefined, 3);
        expect(changedPaths(before, after).length === 0).toBe(canonicalize(before) === canonicalize(after));
      }),
    );
  });

  test('each pointer leads to the texts that it comes with', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (before, after) => {
        for (const change of changedPaths(before, after)) {
          if (change.kind !== 'added') expect(textAt(before, change.pointer)).toBe(change.before);
          if (change.kind !== 'removed') expect(textAt(after, change.pointer)).toBe(change.after);
        }
      }),
    );
  });

  test('deep nesting does not overflow', () => {
    const deep = (leaf: string) => `${'['.repeat(100_000)}${leaf}${']'.repeat(100_000)}`;
    expect(changedPaths(deep('1'), deep('2'))).toHaveLength(1);
  });
});

function textAt(text: string, pointer: string): string | undefined {
  const node = nodeAt(readTree(text), pointer);
  return node === undefined ? undefined : text.slice(node.start, node.end);
}
