import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageOf, deviceSeesSamePayload } from './coverage.ts';
import { payloadOf } from './payload.ts';
import { readPvs, saysPvs } from './pvs.ts';
import { stateWith, unsignedPvs } from './test-signature.ts';

const sha = `"${'a'.repeat(64)}"`;
const part = (name: string) => unsignedPvs([`${name}/**`, `_config/${name}/**`], [`${name}/src.json`, `_sigs/${name}.json`]);

describe('what signatures cover', () => {
  test('a part’s signature covers its folder and its configuration, and leaves out what it excludes', () => {
    const state = stateWith({
      'app10/x': sha,
      'os/run.json': '{}',
      'os/src.json': '{}',
      '_config/os/etc': sha,
      '_sigs/os.json': part('os'),
    });
    const { signatures, ...all } = coverageOf(state);
    expect(signatures.map(({ name, covers, excludes }) => [name, covers, excludes])).toEqual([
      ['os', ['_config/os/etc', 'os/run.json'], ['_sigs/os.json', 'os/src.json']],
    ]);
    expect(all).toEqual({
      protected: ['_config/os/etc', 'os/run.json'],
      excluded: ['_sigs/os.json', 'os/src.json'],
      notSeen: ['#spec', 'app10/x'],
      deviceUncovered: ['#spec', 'app10/x'],
    });
  });

  test('where the device sees it otherwise, both are told', () => {
    const state = stateWith({ 'a/b/src.json': '{}', 'os/x': sha, '_sigs/all.json': unsignedPvs(['**'], ['**/src.json']) });
    const [all] = coverageOf(state).signatures;
    expect(all?.onlyPvr).toEqual(['#spec', '_sigs/all.json', 'os/x']);
    expect(coverageOf(state).deviceUncovered).toEqual(['#spec', 'a/b/src.json', 'os/x']);
  });

  test('the device makes another payload of a state that is not canonical, of one that covers nothing, and of a bare number', () => {
    const sees = (entries: Readonly<Record<string, string>>) => {
      const state = stateWith({ '_sigs/os.json': part('os'), ...entries });
      const [signature] = coverageOf(state).signatures;
      return signature !== undefined && deviceSeesSamePayload(state, signature);
    };
    expect(sees({ 'os/a.json': '{"a":"b"}', 'os/b': sha, 'os/c.json': '"text"' })).toBe(true);
    expect(sees({ 'os/b': sha, 'os/a.json': '{"a":"b"}' })).toBe(false);
    expect(sees({ 'os/a.json': '{"a": "b"}' })).toBe(false);
    expect(sees({ 'os/a.json': '7' })).toBe(false);
    expect(sees({})).toBe(false);
  });

  test('a signature that lies elsewhere counts, and one that is none is shown', () => {
    const state = stateWith({ 'keep/os.json': part('os'), '_sigs/note.json': '{"#spec":"note@1"}', '_sigs/raw.json': sha });
    const told = coverageOf(state).signatures.map(({ name, read }) => [name, read.ok]);
    expect(told).toEqual([
      ['note', false],
      ['raw', false],
      ['keep/os.json', true],
    ]);
  });

  test('a text of the working tree stands in for the state’s own', () => {
    const state = stateWith({ 'os/x': sha, '_sigs/os.json': part('os') });
    expect(coverageOf(state, { replaced: new Map([['_sigs/os.json', part('web')]]) }).protected).toEqual([]);
  });

  test('the three lists share out all keys, whatever the patterns', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const { protected: held, excluded, notSeen, signatures } = coverageOf(state);
        const keys = [...state.byKey.keys(), '#spec'];
        if (signatures.some(({ read }) => read.ok)) expect([...held, ...excluded, ...notSeen].sort()).toEqual(keys.sort());
        else expect([...held, ...excluded, ...notSeen]).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  // Far above what it takes, and far below what it would take if each entry were held against every other.
  test('5,000 entries under 60 signatures are no matter of minutes', () => {
    const parts = Array.from({ length: 60 }, (_, at) => `part${at}`);
    const entries = Array.from({ length: 5_000 }, (_, at): [string, string] => [`part${at % 60}/file${at}`, sha]);
    const state = stateWith(
      Object.fromEntries([...entries, ...parts.map((name): [string, string] => [`_sigs/${name}.json`, part(name)])]),
    );
    const start = performance.now();
    expect(coverageOf(state).protected).toHaveLength(5_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('reading a signature', () => {
  test('garbage is refused with a reason and never throws', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((header) => unsignedPvs([], []).replace('AAAA', header)),
      fc.anything().map((value) => unsignedPvs([], [], { pvs: value })),
    );
    fc.assert(
      fc.property(text, (raw) => {
        saysPvs(raw);
        const read = readPvs(raw);
        if (!read.ok) expect(read.reason).not.toBe('');
      }),
    );
  });

  test.each([
    ['crit', unsignedPvs(['**'], [], { crit: ['b64'] }), 'extensions'],
    ['b64', unsignedPvs(['**'], [], { b64: false }), 'not encoded'],
    ['another type', unsignedPvs(['**'], [], { typ: 'JWT' }), 'header lacks'],
    ['no patterns', unsignedPvs(['**'], [], { pvs: {} }), 'header lacks'],
    ['two signatures', '{"#spec":"pvs@2","protected":"e30","signature":"AAAA","signatures":[]}', 'flattened'],
    ['an unprotected header', '{"#spec":"pvs@2","protected":"e30","signature":"AAAA","header":{}}', 'flattened'],
    ['a name twice', '{"#spec":"pvs@2","protected":"e30","signature":"AAAA","signature":"AAAB"}', 'twice'],
    ['another spec', '{"#spec":"pvs@1","protected":"e30","signature":"AAAA"}', 'flattened'],
    ['bits that no encoder leaves', '{"#spec":"pvs@2","protected":"e31","signature":"AAAB"}', 'header'],
  ])('%s', (_what, raw, reason) => {
    expect(readPvs(raw)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });
});

test('the payload is canonical JSON of what is covered', () => {
  const state = stateWith({ 'os/b.json': '{"z": 1.50, "a": null}', 'os/a': sha, x: sha });
  expect(payloadOf(state, { include: ['os/**', '#spec'], exclude: [] })).toEqual({
    ok: true,
    text: `{"#spec":"pantavisor-service-system@1","os/a":${sha},"os/b.json":{"a":null,"z":1.5E0}}`,
  });
  expect(payloadOf(state, { include: ['[', 'os/**'], exclude: [] })).toMatchObject({ ok: false });
});

const segment = fc.constantFrom('a', 'b', 'run.json', 'src.json', '.x');
const key = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
const pattern = fc.oneof(
  key,
  key.map((text) => `${text}/**`),
  fc.constantFrom('**', '*', '**/src.json', 'a/*', '[', '{a,b}/**'),
);
const arbitraryState = fc
  .tuple(fc.uniqueArray(key, { maxLength: 12 }), fc.array(fc.tuple(fc.array(pattern), fc.array(pattern)), { maxLength: 3 }))
  .map(([keys, signatures]) =>
    stateWith({
      ...Object.fromEntries(keys.map((name) => [name, sha])),
      ...Object.fromEntries(signatures.map(([include, exclude], at) => [`_sigs/s${at}.json`, unsignedPvs(include, exclude)])),
    }),
  );
