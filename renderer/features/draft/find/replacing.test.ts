import { expect, test } from 'vitest';
import { parseState } from '../../../../shared/state/state.ts';
import { planReplacing } from './replacing.ts';

const parsed = parseState(
  `{"#spec":"pantavisor-service-system@1","a/run.json":{"name":"web","n":1},"b/run.json":{"web":"web"},"c/web":"${'a'.repeat(64)}"}`,
);
if (!parsed.ok) throw new Error(parsed.reason);
const { state } = parsed;
const line = { line: 1, text: '', ranges: [] };
const found = ['a/run.json', 'b/run.json', 'c/web'].map((key) => ({ key, inKey: [], lines: [line] }));
const query = { text: 'web', matchCase: false, wholeWord: false, regex: false };

test('Each entry is replaced in as a whole, and shown line by line', () => {
  expect(planReplacing(state, found, query, 'shop')).toEqual([
    {
      ok: true,
      key: 'a/run.json',
      text: '{\n  "name": "shop",\n  "n": 1\n}',
      lines: [{ line: 2, before: '  "name": "web",', after: '  "name": "shop",' }],
    },
    expect.objectContaining({ ok: true, key: 'b/run.json' }),
  ]);
});

test('An entry that would be no JSON is left alone', () => {
  expect(planReplacing(state, found, query, '"').map(({ ok }) => ok)).toEqual([false, false]);
  expect(planReplacing(state, found, { ...query, text: '(\\d)', regex: true }, '$1$1')).toMatchObject([
    { key: 'a/run.json', lines: [{ after: '  "n": 11' }] },
  ]);
});
