import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteArgument } from '../../net/shell-quote.ts';
import { parseScript, ShellSyntaxError, type Word } from './shell-words.ts';

function plain(word: Word): string {
  return word.parts.map((part) => (part.kind === 'text' ? part.text : `<${part.kind}>`)).join('');
}

function words(script: string): readonly (readonly string[])[] {
  return parseScript(script).flatMap(({ pipeline }) => pipeline.map((command) => command.words.map(plain)));
}

describe('the shell words', () => {
  it.each([
    ["echo 'a  b' c", [['echo', 'a  b', 'c']]],
    ['echo "say \\"hi\\"" \\$x', [['echo', 'say "hi"', '$x']]],
    ['a\'b\'"c"d', [['abcd']]],
    ["echo ''", [['echo', '']]],
    ['a | b; c && d || e', [['a'], ['b'], ['c'], ['d'], ['e']]],
    ['a\n# note\nb', [['a'], ['b']]],
    [`echo "$x" $\{y} $(z 1)`, [['echo', '<variable>', '<variable>', '<output>']]],
    ['echo "it\'s"', [['echo', "it's"]]],
    ["echo 'it'\\''s'", [['echo', "it's"]]],
  ])('reads %s', (script, expected) => {
    expect(words(script)).toEqual(expected);
  });

  it('keeps assignments and redirections apart from words', () => {
    const [item] = parseScript('CURL_CMD=curl pvcontrol ls 2>/dev/null >&2');
    const [command] = item?.pipeline ?? [];
    expect(command?.assignments.map(([name, word]) => [name, plain(word)])).toEqual([['CURL_CMD', 'curl']]);
    expect(command?.words.map(plain)).toEqual(['pvcontrol', 'ls']);
    expect(command?.redirects.map(({ from, to }) => [from, to.kind])).toEqual([
      ['stderr', 'file'],
      ['stdout', 'stream'],
    ]);
  });

  it.each(["echo 'open", 'echo "open', 'a &&', '| b', 'echo $(a'])('refuses %s', (script) => {
    expect(() => parseScript(script)).toThrow(ShellSyntaxError);
  });

  it('reads back whatever was quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (all) => {
        const safe = all.map((text) => text.replaceAll('\0', ''));
        expect(words(`x ${safe.map(quoteArgument).join(' ')}`)).toEqual([['x', ...safe]]);
      }),
    );
  });
});
