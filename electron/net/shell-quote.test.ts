import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLine, quoteArgument } from './shell-quote.ts';

/** What a program gets as its arguments when /bin/sh runs the line. */
function argumentsSeen(line: string): string[] {
  const out = execFileSync('/bin/sh', ['-c', `for a in ${line}; do printf '%s\\0' "$a"; done`], { encoding: 'utf8' });
  return out.split('\0').slice(0, -1);
}

const withoutNul = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replaceAll('\0', ''));
/** What shells look at: quotes, blanks, expansions, globs, redirections, line ends, options. */
const nasty = fc
  .array(
    fc.constantFrom(
      "'",
      '"',
      '\\',
      ' ',
      '\n',
      '\t',
      '$',
      '`',
      '$(id)',
      '*',
      '?',
      '[a]',
      '{a,b}',
      '~',
      '!',
      '#',
      ';',
      '&',
      '|',
      '<',
      '>',
      '(',
      ')',
      '=',
      '-',
      'é',
      '😀',
      'a',
    ),
  )
  .map((pieces) => pieces.join(''));

describe('quoteArgument', () => {
  it('gives a real shell exactly the text, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(withoutNul, nasty), { minLength: 1, maxLength: 12 }), (words) => {
        const wellFormed = words.map((word) => word.toWellFormed());
        expect(argumentsSeen(commandLine(wellFormed))).toEqual(wellFormed);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves words alone that need nothing', () => {
    expect(commandLine(['curl', '-sS', '--unix-socket', '/run/pantavisor/pv/pv-ctrl', 'http://localhost/steps/locals/a-1'])).toBe(
      'curl -sS --unix-socket /run/pantavisor/pv/pv-ctrl http://localhost/steps/locals/a-1',
    );
  });

  it('keeps a word with = or ~ in front from meaning something', () => {
    expect(quoteArgument('=ls')).toBe("'=ls'");
    expect(quoteArgument('~root')).toBe("'~root'");
    expect(quoteArgument('')).toBe("''");
  });

  it('refuses NUL', () => {
    expect(() => quoteArgument('a\0b')).toThrow(RangeError);
  });
});
