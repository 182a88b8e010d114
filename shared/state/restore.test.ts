import { expect, test } from 'vitest';
import { restoreEntry } from './restore.ts';
import { parseState, type StateDocument } from './state.ts';

const base = parsed('{"#spec":"s","a.json":{ "n" : 1.0 },"b.json":2}');

test.each([
  ['changed', '{"#spec":"s","a.json":{"n":1},"b.json":2}', 'a.json', '{"#spec":"s","a.json":{ "n" : 1.0 },"b.json":2}'],
  ['removed', '{"#spec":"s","b.json":2}', 'a.json', '{"#spec":"s","a.json":{ "n" : 1.0 },"b.json":2}'],
  ['added', '{"#spec":"s","b.json":2,"c.json":3}', 'c.json', '{"#spec":"s","b.json":2}'],
  ['untouched', '{"#spec":"s","b.json":2}', 'b.json', '{"#spec":"s","b.json":2}'],
  ['in neither', '{"#spec":"s"}', 'z.json', '{"#spec":"s"}'],
])('an entry that was %s is as in the base again, byte for byte', (_how, draft, key, text) => {
  const restored = restoreEntry(parsed(draft), base, key);
  expect(restored.ok && restored.state.text).toBe(text);
});

function parsed(text: string): StateDocument {
  const result = parseState(text);
  if (!result.ok) throw new Error(result.reason);
  return result.state;
}
