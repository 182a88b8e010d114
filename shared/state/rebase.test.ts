import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalize } from './canonical.ts';
import { rebase, rebased, type Side } from './rebase.ts';
import { parseState, type StateDocument } from './state.ts';

function state(text: string): StateDocument {
  const parsed = parseState(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

const spec = '"#spec":"pantavisor-service-system@1"';
const of = (entries: Readonly<Record<string, string>>): StateDocument =>
  state(`{${[spec, ...Object.entries(entries).map(([key, raw]) => `${JSON.stringify(key)}:${raw}`)].join(',')}}`);

const keys = ['a.json', 'b.json', 'bsp/run.json', 'web/run.json', 'web/src.json', 'zz.json'] as const;
const Value = fc.oneof(
  fc.constantFrom('{}', '{"a":1}', '{ "a": 1 }', '[1,2]', '{"v":"ü"}', '{"v":1.50}'),
  fc.jsonValue().map((value) => `{"v":${JSON.stringify(value) ?? 'null'}}`),
);
const Entries = fc.dictionary(fc.constantFrom(...keys), Value);
const rawOf = (document: StateDocument, key: string) => document.byKey.get(key)?.raw;

describe('rebase', () => {
  it('tells entries that one side changed from those that both did', () => {
    const plan = rebase(
      of({ 'a.json': '1', 'b.json': '1', 'c.json': '1', 'd.json': '1' }),
      of({ 'a.json': '2', 'b.json': '1', 'c.json': '2', 'e.json': '1' }),
      of({ 'a.json': '1', 'b.json': '3', 'c.json': '3', 'd.json': '4', 'e.json': '1' }),
    );
    expect(plan).toEqual({
      mine: ['a.json'],
      theirs: ['b.json'],
      conflicts: [
        { key: 'c.json', base: '1', mine: '2', theirs: '3' },
        { key: 'd.json', base: '1', theirs: '4' },
      ],
    });
  });

  it('takes another way to write the same value for no change', () => {
    const plan = rebase(
      of({ 'a.json': '{"x":1,"y":2}' }),
      of({ 'a.json': '{"x":5,"y":2}' }),
      of({ 'a.json': '{ "y": 2, "x": 1 }' }),
    );
    expect(plan).toEqual({ mine: ['a.json'], theirs: [], conflicts: [] });
  });

  it('holds `#spec` against itself as well', () => {
    const older = state('{"#spec":"pantavisor-multi-platform@1","a.json":1}');
    const newer = of({ 'a.json': '1' });
    expect(rebase(older, older, newer)).toEqual({ mine: [], theirs: ['#spec'], conflicts: [] });
    const result = rebased(older, newer, state('{"#spec":"pantavisor-multi-platform@1","a.json":2}'), {});
    expect(result).toMatchObject({ ok: true, state: { text: `{${spec},"a.json":2}` } });
  });

  it('asks for a side of each conflict', () => {
    const [base, mine, theirs] = [of({ 'a.json': '1' }), of({ 'a.json': '2' }), of({})];
    expect(rebased(base, mine, theirs, {})).toEqual({ ok: false, reason: expect.stringContaining('a.json') });
    expect(rebased(base, mine, theirs, { 'a.json': 'theirs' })).toMatchObject({ ok: true, state: { text: theirs.text } });
    expect(rebased(base, mine, theirs, { 'a.json': 'mine' })).toMatchObject({ ok: true, state: { text: mine.text } });
  });

  it('leaves every byte of theirs where nothing is taken', () => {
    const base = of({ 'a.json': '1', 'b.json': '2' });
    const theirs = state(`{ ${spec} ,\n  "b.json" : 7,\n  "a.json":1 }\n`);
    const result = rebased(base, of({ 'a.json': '5', 'b.json': '2' }), theirs, {});
    expect(result).toMatchObject({ ok: true, state: { text: `{ ${spec} ,\n  "b.json" : 7,\n  "a.json":5 }\n` } });
  });
});

describe('for any three states', () => {
  const sidesOf = (conflicts: readonly { key: string }[], side: Side) =>
    Object.fromEntries(conflicts.map(({ key }) => [key, side]));

  it('the result is a state, and each entry is byte for byte what a side has', () => {
    fc.assert(
      fc.property(Entries, Entries, Entries, fc.constantFrom<Side>('mine', 'theirs'), (a, b, c, side) => {
        const [base, mine, theirs] = [of(a), of(b), of(c)];
        const plan = rebase(base, mine, theirs);
        const result = rebased(base, mine, theirs, sidesOf(plan.conflicts, side));
        if (!result.ok) throw new Error(result.reason);
        const fromMine = new Set([...plan.mine, ...(side === 'mine' ? plan.conflicts.map(({ key }) => key) : [])]);
        for (const key of keys) expect(rawOf(result.state, key)).toBe(rawOf(fromMine.has(key) ? mine : theirs, key));
      }),
    );
  });

  it('changes of different entries never conflict, and both are in the result', () => {
    fc.assert(
      fc.property(Entries, Entries, Entries, (a, b, c) => {
        const base = of(a);
        const [left, right] = [keys.slice(0, 3), keys.slice(3)];
        const pick = (from: typeof a, wanted: readonly string[]) =>
          Object.fromEntries(Object.entries(from).filter(([key]) => wanted.includes(key)));
        const mine = of({ ...pick(b, left), ...pick(a, right) });
        const theirs = of({ ...pick(a, left), ...pick(c, right) });
        const result = rebased(base, mine, theirs, {});
        expect(rebase(base, mine, theirs).conflicts).toEqual([]);
        if (!result.ok) throw new Error(result.reason);
        expect(canonicalize(result.state.text)).toBe(canonicalize(of({ ...pick(b, left), ...pick(c, right) }).text));
      }),
    );
  });

  it('the same change on both sides is no conflict and no change', () => {
    fc.assert(
      fc.property(Entries, Entries, (a, b) => {
        expect(rebase(of(a), of(b), of(b))).toEqual({ mine: [], theirs: [], conflicts: [] });
        expect(rebased(of(a), of(b), of(b), {})).toMatchObject({ ok: true, state: { text: of(b).text } });
      }),
    );
  });

  it('rebasing onto the base changes nothing but the way values are written', () => {
    fc.assert(
      fc.property(Entries, Entries, (a, b) => {
        const result = rebased(of(a), of(b), of(a), {});
        if (!result.ok) throw new Error(result.reason);
        expect(canonicalize(result.state.text)).toBe(canonicalize(of(b).text));
      }),
    );
  });
});
