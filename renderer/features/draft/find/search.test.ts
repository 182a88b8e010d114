import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FindQuery, patternOf, replacedText, searchEntry } from './search.ts';

const plain: FindQuery = { text: '', matchCase: false, wholeWord: false, regex: false };

function regexOf(query: Partial<FindQuery>): RegExp {
  const pattern = patternOf({ ...plain, ...query });
  if (!pattern.ok) throw new Error(pattern.reason);
  return pattern.regex;
}

function shown(query: Partial<FindQuery>, key: string, text?: string): readonly string[] {
  const found = searchEntry(key, text, regexOf(query));
  if (found === undefined) return [];
  const marked = (line: string, ranges: readonly (readonly [number, number])[]) =>
    ranges.map(([from, to]) => line.slice(from, to)).join('|');
  return [`key ${marked(key, found.inKey)}`, ...found.lines.map(({ line, text, ranges }) => `${line} ${marked(text, ranges)}`)];
}

test('keys and lines are found, with their places', () => {
  expect(shown({ text: 'WEB' }, 'web/run.json', '{\n  "name": "web",\n  "x": "Web web"\n}')).toEqual([
    'key web',
    '2 web',
    '3 Web|web',
  ]);
  expect(shown({ text: 'web', matchCase: true }, 'Web/run.json', '"Web"')).toEqual([]);
  expect(shown({ text: 'app', wholeWord: true }, 'a', '"apps"\n"app"\n"äapp"')).toEqual(['key ', '2 app']);
  expect(shown({ text: '^\\s+"na', regex: true }, 'a', '{\n  "name": 1')).toEqual(['key ', '2   "na']);
  expect(patternOf({ ...plain, text: '(', regex: true }).ok).toBe(false);
});

test('text that is no pattern is found as it stands', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (text) => {
      expect(searchEntry('key', `x${text}y`, regexOf({ text, matchCase: true }))?.lines).toHaveLength(1);
    }),
  );
});

test('a long line is shown around its first hit', () => {
  const [line] = searchEntry('a', `${'.'.repeat(5_000)}needle${'.'.repeat(5_000)}`, regexOf({ text: 'needle' }))?.lines ?? [];
  expect(line?.text.length).toBeLessThan(250);
  expect(line?.ranges.map(([from, to]) => line.text.slice(from, to))).toEqual(['needle']);
});

test('a replacement is taken as it stands, but for a pattern’s groups', () => {
  expect(replacedText('a.b a.b', regexOf({ text: 'a.b' }), '$&', false)).toBe('$& $&');
  expect(replacedText('1-2', regexOf({ text: '(\\d)-(\\d)', regex: true }), '$2-$1', true)).toBe('2-1');
});
