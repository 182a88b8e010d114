import { describe, expect, test } from 'vitest';
import { countWord, objectKeys, readLenient, textBehind } from './document.ts';

const pairs = (text: string) => objectKeys(readLenient(text))?.map(({ key, value }) => [key, value]);

describe('objects as the device reads them', () => {
  test.each([
    [
      'plain JSON',
      '{"a":1,"b":{"c":[2]}}',
      [
        ['a', '1'],
        ['b', '{"c":[2]}'],
      ],
    ],
    ['a trailing comma', '{"a":1,}', [['a', '1']]],
    ['a key without quotes', '{a:1}', [['a', '1']]],
    ['a missing comma hides the next key', '{"a":1 "b":2}', [['a', '1']]],
    [
      'a missing colon makes the value a key',
      '{"a" "b","c":1}',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', '1'],
      ],
    ],
    [
      'a last key without a value',
      '{"a":1,"b"}',
      [
        ['a', '1'],
        ['b', ''],
      ],
    ],
    ['text behind the object', '{"a":1} trailing', [['a', '1']]],
    ['escapes stay as they are', '{"a\\/b":"\\u00e9"}', [['a\\/b', '\\u00e9']]],
    ['line breaks in a string', '{"a\n":"\t"}', [['a\n', '\t']]],
    ['nothing behind a NUL character', '{"a":1}\0}', [['a', '1']]],
    ['no object', '["a"]', undefined],
  ])('%s', (_, text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  test.each(['{', '}', '{]', '"a', '{"a\\x":1}', '{"a":"\\u00g0"}', '\u{feff}{}', '{é:1}'])('%j is refused', (text) => {
    expect(readLenient(text).failure).toBeDefined();
  });
});

describe('words are looked up anywhere', () => {
  const document = readLenient('{"x":{"name":"inner"},"y":["name","z"],"name":"outer","last"}');

  test('the first one counts, whatever it belongs to', () => {
    expect(textBehind(document, 'name')).toBe('inner');
    expect(countWord(document, 'name')).toBe(3);
  });

  test('a word repeated is stepped over', () => {
    expect(textBehind(readLenient('["a","a","b"]'), 'a')).toBe('b');
  });

  test('behind the last token there is an empty text, as long as there is room', () => {
    expect(textBehind(readLenient('["last"]'), 'last')).toBe('');
    expect(textBehind(readLenient('[1,2,3,4,5,6,7,8,"last"]'), 'last')).toBeUndefined();
  });
});
