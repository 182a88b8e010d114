import { expect, test } from 'vitest';
import { entryRemarks, hubKeyProblem } from './entry-problems.ts';

test('Members that are there twice, and what a hub would change', () => {
  const raw = '{"a":{"b":1,"c":[{"b":1}],"b":2},"x\uff2ey":1}';
  expect(entryRemarks(raw).map(({ at }) => raw.slice(at, at + 3))).toEqual(['"b"', '"x\uff2e']);
  expect([hubKeyProblem('web/a\uff2eb'), hubKeyProblem('web/a.b')].map((one) => one === undefined)).toEqual([false, true]);
});
