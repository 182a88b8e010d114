import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { removeEntry, renameEntry, setJson } from '../state/edit.ts';
import type { StateDocument } from '../state/state.ts';
import { coverageOf } from './coverage.ts';
import { signatureEffects } from './effect.ts';
import { payloadOf } from './payload.ts';
import { stateWith, unsignedPvs } from './test-signature.ts';

const sha = (digit: string) => `"${digit.repeat(64)}"`;
const part = (name: string) => unsignedPvs([`${name}/**`], [`${name}/src.json`, `_sigs/${name}.json`]);
const base = stateWith({
  'os/image': sha('1'),
  'os/run.json': '{"name":"os"}',
  'os/src.json': '{}',
  'web/run.json': '{"name":"web"}',
  'device.json': '{}',
  '_sigs/os.json': part('os'),
  '_sigs/web.json': part('web'),
});

describe('what an edit does to signatures', () => {
  test('a change of what is covered breaks its signature, and no other', () => {
    const effects = signatureEffects(base, edited(setJson(base, 'os/run.json', '{"name":"os","x":1}')));
    expect(effects.broken).toEqual([{ name: 'os', key: '_sigs/os.json', by: ['os/run.json'] }]);
  });

  test.each([
    ['an excluded entry', setJson(base, 'os/src.json', '{"x":1}')],
    ['an entry that none covers', setJson(base, 'device.json', '{"x":1}')],
  ])('%s breaks none', (_what, edit) => {
    expect(signatureEffects(base, edited(edit)).broken).toEqual([]);
  });

  test('other formatting breaks none', () => {
    const after = stateWith({ ...raws(base), 'os/run.json': '{ "name" : "os" }' });
    expect(signatureEffects(base, after).broken).toEqual([]);
  });

  test('an added and a removed entry break it; an added one that none covers is told', () => {
    const after = edited(removeEntry(edited(setJson(edited(setJson(base, 'os/new.json', '{}')), 'free.json', '{}')), 'os/image'));
    const effects = signatureEffects(base, after);
    expect(effects.broken.map(({ by }) => by)).toEqual([['os/image', 'os/new.json']]);
    expect(effects.newUncovered).toEqual(['free.json']);
  });

  test('a signature that goes takes its coverage with it', () => {
    const effects = signatureEffects(base, edited(removeEntry(base, '_sigs/web.json')));
    expect([effects.gone, effects.losesCoverage, effects.broken]).toEqual([['web'], ['web/run.json'], []]);
  });

  test('a signature that was made anew is not called broken, and one under another name comes and goes', () => {
    const again = stateWith({ ...raws(base), 'os/image': sha('2'), '_sigs/os.json': part('os').replace('AAAA', 'AAAE') });
    expect(signatureEffects(base, again)).toMatchObject({ broken: [], signedAgain: ['os'] });
    const renamed = edited(renameEntry(base, '_sigs/web.json', '_sigs/site.json'));
    expect(signatureEffects(base, renamed)).toMatchObject({ gone: ['web'], added: ['site'], losesCoverage: [] });
  });

  test('a signature is broken exactly when its payload is another', () => {
    const value = fc.constantFrom('{}', '{"a":1}', '{"a":1.0}', '{ "a" : 1 }', '1e999999999');
    const name = fc.constantFrom('a/x.json', 'a/y.json', 'a/src.json', 'b/x.json', 'b.json', '#a.json');
    const entries = fc.dictionary(name, value, { maxKeys: 6 });
    const patterns = fc.array(fc.constantFrom('a/**', '**', '**/x.json', '#spec', 'b.json', '[', 'a/src.json'), { maxLength: 3 });
    fc.assert(
      fc.property(entries, entries, patterns, patterns, (one, other, include, exclude) => {
        const signature = { '_sigs/s.json': unsignedPvs(include, exclude) };
        const [before, after] = [stateWith({ ...one, ...signature }), stateWith({ ...other, ...signature })];
        const [was, is] = [before, after].map((state) => payloadOf(state, { include, exclude }));
        if (was?.ok !== true || is?.ok !== true) return;
        expect(signatureEffects(before, after).broken.length > 0).toBe(was.text !== is.text);
      }),
    );
  });

  test('nothing edited is nothing done', () => {
    expect(Object.values(signatureEffects(base, base)).flat()).toEqual([]);
    expect(coverageOf(base).signatures).toHaveLength(2);
  });
});

function raws(state: StateDocument): Readonly<Record<string, string>> {
  return Object.fromEntries(state.entries.map(({ key, raw }) => [key, raw]));
}

function edited(result: ReturnType<typeof setJson>): StateDocument {
  if (!result.ok) throw new Error(result.reason);
  return result.state;
}
