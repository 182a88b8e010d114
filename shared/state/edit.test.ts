import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCodePoints } from './canonical.ts';
import { type Edited, removeContainer, removeEntry, renameEntry, setJson, setObject } from './edit.ts';
import { parseSha256, type Sha256 } from './ids.ts';
import { parseState, type StateDocument } from './state.ts';

const SHA = sha('ab'.repeat(32));
const OTHER = sha('cd'.repeat(32));

describe('what an edit leaves alone', () => {
  const anyEdit = fc.oneof(
    fc.record({ what: fc.constant('json' as const), key: fc.constantFrom('a/run.json', 'm.json', 'zz.json'), json: fc.json() }),
    fc.record({ what: fc.constant('object' as const), key: fc.constantFrom('a/root', 'm', 'zz', 'a/run.json') }),
    fc.record({ what: fc.constant('remove' as const), key: fc.constantFrom('a/run.json', 'c.json', 'a/root') }),
    fc.record({
      what: fc.constant('rename' as const),
      key: fc.constantFrom('a/run.json', 'c.json'),
      to: fc.constantFrom('n.json', '0.json'),
    }),
  );

  test('every other entry keeps its bytes, its order, and #spec stays first', () => {
    fc.assert(
      fc.property(spacedState(), fc.array(anyEdit, { maxLength: 6 }), (text, edits) => {
        let state = parsed(text);
        for (const edit of edits) {
          const touched = new Set<string>(['to' in edit ? edit.to : edit.key, edit.key]);
          const next = apply(state, edit);
          if (!next.ok) continue;
          const others = (document: StateDocument) => document.entries.filter(({ key }) => !touched.has(key));
          expect(others(next.state)).toEqual(others(state));
          expect(next.state.text.slice(0, next.state.text.indexOf('"#spec"')).trim()).toBe('{');
          state = next.state;
        }
      }),
    );
  });

  test('the document that came in is not changed', () => {
    const state = parsed(`{"#spec":"s","a":"${SHA}"}`);
    const before = structuredClone(state);
    done(setObject(state, 'a', OTHER));
    expect(state).toEqual(before);
  });
});

describe('setJson', () => {
  test('stores a new value in canonical form', () => {
    const state = done(setJson(parsed('{"#spec":"s"}'), 'x.json', '{ "b": 1.0, "a": [ ] }'));
    expect(state.text).toBe('{"#spec":"s","x.json":{"a":[],"b":1}}');
  });

  test('leaves a value that says the same as it is, because another formatting is a change to the device', () => {
    const state = parsed('{"#spec":"s","x.json":{ "b": 1.0 }}');
    expect(done(setJson(state, 'x.json', '{"b":1}'))).toBe(state);
  });

  test('puts new keys at their sorted place, in the layout of their neighbours', () => {
    let state = parsed('{\n  "#spec": "s",\n  "b.json": 1,\n  "d.json": 2\n}\n');
    for (const key of ['c.json', 'a.json', 'e.json', '\u{1f600}.json', '\uffff.json']) state = done(setJson(state, key, '0'));
    expect(state.text).toBe(
      '{\n  "#spec": "s",\n  "a.json":0,\n  "b.json": 1,\n  "c.json":0,\n  "d.json": 2,\n  "e.json":0,\n  "\uffff.json":0,\n  "\u{1f600}.json":0\n}\n',
    );
  });

  test('the first entry of an empty state', () => {
    expect(done(setJson(parsed('{}'), 'a.json', '1')).text).toBe('{"a.json":1}');
    expect(done(setJson(parsed('{ }'), 'a.json', '1')).text).toBe('{"a.json":1 }');
  });

  test('moves #spec to the front when an edit brings another one before it', () => {
    const state = parsed('{"a/run.json":{},"#spec":"s"}');
    expect(done(setJson(state, 'a/run.json', '{"#spec":"service-manifest-run@1"}')).text).toBe(
      '{"#spec":"s","a/run.json":{"#spec":"service-manifest-run@1"}}',
    );
  });

  test('an object becomes inline JSON under the same key', () => {
    expect(done(setJson(parsed(`{"a.json":"${SHA}"}`), 'a.json', '{}')).byKey.get('a.json')?.kind).toBe('json');
  });

  test.each([
    ['x.json', '{"a":}', /"x.json": expected a value, found "}" at line 1, column 6/],
    ['x.json', '{} x', /expected the end/],
    ['x.json', '1e999999', /exponent too large/],
    ['x.json', 'null', /pvr would take it for removed/],
    ['x.json', `"${SHA}"`, /taken for an object's sha256/],
    ['x', '{}', /ends in .json/],
    ['o', '{}', /ends in .json/],
    ['', '{}', /empty/],
    ['/x.json', '{}', /absolute/],
    ['a//x.json', '{}', /empty path segment/],
    ['a/../x.json', '{}', /leave its place/],
    ['./x.json', '{}', /leave its place/],
    ['a\n.json', '{}', /control character/],
    ['a\ud800.json', '{}', /Unicode/],
    ['.pvr/x.json', '{}', /pvr keeps for itself/],
    ['#spec', '"x"', /reserved/],
    ['!a/run.json', '{}', /before "#spec"/],
    [`${'x'.repeat(2000)}.json`, '{}', /at most 1024/],
  ])('refuses %j := %s', (key, json, reason) => {
    expect(setJson(parsed(`{"#spec":"s","o":"${OTHER}"}`), key, json)).toEqual({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });
});

describe('setObject', () => {
  test('adds, replaces, and leaves the same alone', () => {
    const state = parsed(`{"#spec":"s","a/root":"${SHA}"}`);
    expect(done(setObject(state, 'a/root', SHA))).toBe(state);
    expect(done(setObject(state, 'a/root', OTHER)).text).toBe(`{"#spec":"s","a/root":"${OTHER}"}`);
    expect(done(setObject(state, 'a/x.json', OTHER)).byKey.get('a/x.json')?.kind).toBe('object');
  });

  test('refuses a key that leads out of the state', () => {
    expect(setObject(parsed('{}'), '../x', SHA)).toMatchObject({ ok: false });
  });
});

describe('removeEntry', () => {
  test.each([
    ['a.json', '{ "b.json": 2 , "c.json": 3 }'],
    ['b.json', '{ "a.json": 1, "c.json": 3 }'],
    ['c.json', '{ "a.json": 1, "b.json": 2 }'],
  ])('%s', (key, text) => {
    const state = done(removeEntry(parsed('{ "a.json": 1 , "b.json": 2, "c.json": 3 }'), key));
    expect(JSON.parse(state.text)).toEqual(JSON.parse(text));
  });

  test('the last one, and one that is not there', () => {
    expect(done(removeEntry(parsed('{"a.json":1}'), 'a.json')).text).toBe('{}');
    expect(removeEntry(parsed('{}'), 'a.json')).toEqual({ ok: false, reason: 'There is no entry "a.json".' });
  });
});

describe('removeContainer', () => {
  const run = (name: string) => `{"name":"${name}","type":"lxc"}`;

  test('takes its folder, its configuration and its signature with it, and nothing else', () => {
    const keys = [
      '_config/web/etc/x',
      '_config/web2/etc/x',
      '_sigs/web.json',
      '_sigs/web2.json',
      'web/root',
      'web/deep/run',
      'web2/root',
      'webfile',
    ];
    const objects = keys.map((key) => `"${key}":"${key.endsWith('.json') ? SHA : OTHER}"`);
    const state = parsed(`{"#spec":"s",${objects.join()},"web/run.json":${run('web')},"web2/run.json":${run('web2')}}`);
    const left = done(removeContainer(state, 'web')).entries.map(({ key }) => key);
    expect(left).toEqual(['_config/web2/etc/x', '_sigs/web2.json', 'web2/root', 'webfile', 'web2/run.json']);
  });

  test('follows the name where the folder is called differently', () => {
    const state = parsed(`{"_config/web/x":"${SHA}","folder/run.json":${run('web')},"folder/root":"${SHA}","other":"${SHA}"}`);
    expect(done(removeContainer(state, 'web')).entries.map(({ key }) => key)).toEqual(['other']);
  });

  test('one that is not there', () => {
    expect(removeContainer(parsed('{}'), 'web')).toEqual({ ok: false, reason: 'There is no container web.' });
  });
});

describe('renameEntry', () => {
  const state = parsed(`{"#spec":"s","a/x.json":{ "n" : 1.0 },"b":"${SHA}"}`);

  test('keeps the text of the value, at the sorted place of the new key', () => {
    expect(done(renameEntry(state, 'a/x.json', 'c/x.json')).text).toBe(`{"#spec":"s","b":"${SHA}","c/x.json":{ "n" : 1.0 }}`);
    expect(done(renameEntry(state, 'b', 'b.json')).byKey.get('b.json')?.kind).toBe('object');
    expect(done(renameEntry(state, 'b', 'b'))).toBe(state);
  });

  test.each([
    ['nope', 'x', /no entry "nope"/],
    ['b', 'a/x.json', /already/],
    ['a/x.json', 'a/x', /ends in .json/],
    ['b', '../b', /leave its place/],
  ])('refuses %s → %s', (from, to, reason) => {
    expect(renameEntry(state, from, to)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

type AnyEdit =
  | { readonly what: 'json'; readonly key: string; readonly json: string }
  | { readonly what: 'object' | 'remove'; readonly key: string }
  | { readonly what: 'rename'; readonly key: string; readonly to: string };

function apply(state: StateDocument, edit: AnyEdit): Edited {
  switch (edit.what) {
    case 'json':
      return setJson(state, edit.key, edit.json);
    case 'object':
      return setObject(state, edit.key, OTHER);
    case 'remove':
      return removeEntry(state, edit.key);
    case 'rename':
      return renameEntry(state, edit.key, edit.to);
  }
}

/** A sorted state with white space wherever JSON allows it. */
function spacedState(): fc.Arbitrary<string> {
  const space = fc.constantFrom('', ' ', '\n  ', '\t');
  const json = fc.constantFrom('{"#spec" : "service-manifest-run@1"}', '[1.50 , 2]', '"\\u0041"');
  const keys = fc.subarray(['a/root', 'a/run.json', 'b', 'c.json', 'd/e/f.json']);
  return fc.tuple(keys, fc.infiniteStream(space), json).map(([chosen, spaces, value]) => {
    const gap = () => spaces.next().value ?? '';
    const values = chosen.map((key) => `"${key}"${gap()}:${gap()}${key.endsWith('.json') ? value : `"${SHA}"`}`);
    expect([...chosen].sort(compareCodePoints)).toEqual(chosen);
    return `{${gap()}${['"#spec":"s"', ...values].map((one) => `${gap()}${one}${gap()}`).join(',')}}${gap()}`;
  });
}

function parsed(text: string): StateDocument {
  const result = parseState(text);
  if (!result.ok) throw new Error(result.reason);
  return result.state;
}

function done(edited: Edited): StateDocument {
  if (!edited.ok) throw new Error(edited.reason);
  return edited.state;
}

function sha(text: string): Sha256 {
  const parsedSha = parseSha256(text);
  if (parsedSha === undefined) throw new Error(text);
  return parsedSha;
}
