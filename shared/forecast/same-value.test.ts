import { expect, test } from 'vitest';
import { isSameValue } from './same-value.ts';

test.each([
  ['{"a":1,"b":[true,null]}', '{ "b": [true, null], "a": 1 }', true],
  ['"lxc"', '"\\u006cxc"', true],
  ['1.0', '1', true],
  ['[1,2]', '[2,1]', false],
  ['{"a":1}', '{"a":1,"b":1}', false],
  ['{}', '[]', false],
  ['null', '"null"', false],
  ['12345678901234567890', '12345678901234567891', false],
  ['["12345678901234567890"]', '[ "12345678901234567890" ]', true],
  ['{unquoted:1}', '{unquoted: 1}', false],
])('%s and %s: %s', (one, other, same) => {
  expect(isSameValue(one, other)).toBe(same);
});

test('any depth', () => {
  const nested = (inner: string) => `${'['.repeat(20_000)}${inner}${']'.repeat(20_000)}`;
  expect(isSameValue(nested('1'), nested(' 1'))).toBe(true);
  expect(isSameValue(nested('1'), nested('2'))).toBe(false);
});
