import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseState, type StateDocument } from '../state/state.ts';
import { type ChangeKind, compareStates } from './compare.ts';

const SHA = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);

describe('compareStates', () => {
  test('groups what differs by part, and says how', () => {
    const a = parsed(
      `{"#spec":"s","bsp/kernel":"${SHA}","groups.json":[1],"gone/root":"${SHA}","gone/run.json":{"name":"gone"},"web/root":"${SHA}","web/run.json":{"name":"web","n":1.0}}`,
    );
    const b = parsed(
      `{"#spec":"s","_config/web/x":"${SHA}","bsp/kernel":"${OTHER}","groups.json":[1, 2],"web/root":"${SHA}","web/run.json":{"n":1,"name":"web"}}`,
    );
    const shown = compareStates(a, b).parts.map(({ part, changes }) => [
      part.id,
      changes.map(({ kind, key }) => `${kind} ${key}`),
    ]);
    expect(shown).toEqual([
      ['bsp', ['changed bsp/kernel']],
      ['container:web', ['added _config/web/x', 'formatting-only web/run.json']],
      ['container:gone', ['removed gone/root', 'removed gone/run.json']],
      ['root', ['changed groups.json']],
    ]);
  });

  test('an object that becomes inline JSON is changed, and so is a number too large to compare', () => {
    const a = parsed(`{"a.json":"${SHA}","b.json":1e99999}`);
    const b = parsed('{"a.json":{},"b.json":1e99998}');
    expect(compareStates(a, b).changes.map(({ kind }) => kind)).toEqual(['changed', 'changed']);
  });

  test('#spec is told apart', () => {
    expect(compareStates(parsed('{"#spec":"s"}'), parsed('{}'))).toEqual({
      parts: [],
      changes: [],
      spec: { before: 's', after: undefined },
    });
  });

  test('a state compared with itself has no difference', () => {
    fc.assert(
      fc.property(anyState(), (state) => {
        expect(compareStates(state, state)).toEqual({ parts: [], changes: [] });
      }),
    );
  });

  test('compared the other way round, added is removed and everything else the same', () => {
    const swapped: Record<ChangeKind, ChangeKind> = {
      added: 'removed',
      removed: 'added',
      changed: 'changed',
      'formatting-only': 'formatting-only',
    };
    fc.assert(
      fc.property(anyState(), anyState(), (a, b) => {
        const there = compareStates(a, b).changes.map(({ kind, key }) => `${kind} ${key}`);
        const back = compareStates(b, a).changes.map(({ kind, key }) => `${swapped[kind]} ${key}`);
        expect(there.sort()).toEqual(back.sort());
      }),
    );
  });

  test('the changes put onto the older state give the newer one, and the parts hold each change once', () => {
    fc.assert(
      fc.property(anyState(), anyState(), (a, b) => {
        const { changes, parts } = compareStates(a, b);
        const values = new Map(a.entries.map(({ key, raw }) => [key, raw]));
        for (const change of changes) {
          if (change.kind === 'removed') values.delete(change.key);
          else values.set(change.key, change.after.raw);
        }
        expect(values).toEqual(new Map([...b.entries.map(({ key, raw }): [string, string] => [key, raw])]));
        expect(new Set(parts.flatMap((part) => part.changes))).toEqual(new Set(changes));
      }),
    );
  });
});

function anyState(): fc.Arbitrary<StateDocument> {
  const key = fc.constantFrom(
    'bsp/kernel',
    'web/root',
    'web/run.json',
    'db/run.json',
    'groups.json',
    '_config/web/x',
    '_sigs/db.json',
  );
  const json = fc.constantFrom('{"name":"web"}', '{ "name" : "web" }', '{"name":"db"}', '1.0', '1');
  return fc.dictionary(key, fc.record({ json, sha: fc.constantFrom(SHA, OTHER) })).map((values) => {
    const members = Object.entries(values).map(
      ([name, { json: raw, sha }]) => `"${name}":${name.endsWith('.json') ? raw : `"${sha}"`}`,
    );
    return parsed(`{${['"#spec":"s"', ...members].join()}}`);
  });
}

function parsed(text: string): StateDocument {
  const result = parseState(text);
  if (!result.ok) throw new Error(result.reason);
  return result.state;
}
