import { expect, test } from 'vitest';
import { parseRevisionName, parseSha256, RevisionName, Sha256 } from './ids.ts';

const SHA = 'ab'.repeat(32);

test.each([
  [SHA, true],
  [SHA.toUpperCase(), false],
  [SHA.slice(1), false],
  [`${SHA}\n`, false],
  ['', false],
])('parseSha256 %j: %s, as the schema', (text, valid) => {
  expect(parseSha256(text)).toBe(valid ? text : undefined);
  expect(Sha256.safeParse(text).success).toBe(valid);
});

test.each([
  ['14', true],
  ['locals/fix-dns', true],
  ['', false],
  ['x'.repeat(200), true],
  ['x'.repeat(201), false],
])('parseRevisionName %j: %s', (text, valid) => {
  expect(parseRevisionName(text)).toBe(valid ? text : undefined);
  expect(RevisionName.safeParse(text).success).toBe(valid);
});
