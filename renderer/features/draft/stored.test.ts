import { expect, test } from 'vitest';
import { parseState } from '../../../shared/state/state.ts';
import { shownText, storedToken } from './stored.ts';

const parsed = parseState('{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web"}}');
if (!parsed.ok) throw new Error(parsed.reason);
const { state } = parsed;

test('unfinished text stands before the value', () => {
  const draft = { unfinished: { 'web/run.json': '{"name": ' } };
  expect(shownText(draft, state, 'web/run.json')).toBe('{"name": ');
  expect(storedToken(draft, state, 'web/run.json')).toBe('typed:{"name": ');
});

test('a value is laid out to be edited', () => {
  const draft = { unfinished: {} };
  expect(shownText(draft, state, 'web/run.json')).toBe('{\n  "name": "web"\n}');
  expect(storedToken(draft, state, 'web/run.json')).toBe('value:{"name":"web"}');
  expect(storedToken(draft, state, 'nope.json')).toBe('nothing');
});
