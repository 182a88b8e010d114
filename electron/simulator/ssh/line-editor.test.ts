import { expect, it } from 'vitest';
import { emptyLine, keysOf, type Line, pressed } from './line-editor.ts';

/** What the person sees on one line of a terminal that is sent all this. */
function screen(sent: string): string {
  let text = '';
  let cursor = 0;
  for (const key of keysOf(sent).keys) {
    if (key === '\b') cursor -= 1;
    else if (key === '\x1b[K') text = text.slice(0, cursor);
    else if (key === '\r' || key === '\n') text = '';
    else {
      text = text.slice(0, cursor) + key + text.slice(cursor + 1);
      cursor += 1;
    }
    if (key === '\n') cursor = 0;
  }
  return text;
}

function type(keys: string, start: Line = emptyLine()) {
  let line = start;
  let sent = '';
  const wishes: unknown[] = [];
  for (const key of keysOf(keys).keys) {
    const edited = pressed(line, key);
    line = edited.line;
    sent += edited.echo;
    if (edited.wish) wishes.push(edited.wish);
  }
  return { line, shown: screen(sent), wishes };
}

it.each([
  ['what is typed', 'ls -l', 'ls -l'],
  ['backspace', 'lss\x7f', 'ls'],
  ['backspace on nothing', '\x7f\x7fls', 'ls'],
  ['a letter in the middle', 'hllo\x1b[D\x1b[D\x1b[De', 'hello'],
  ['the start and the end', 'b\x01a\x05c', 'abc'],
  ['delete', 'abc\x01\x1b[3~', 'bc'],
  ['Ctrl-U', 'some words\x15ok', 'ok'],
  ['Ctrl-W', 'one two\x17three', 'one three'],
  ['Ctrl-K', 'one two\x01\x1b[C\x0b', 'o'],
  ['Ctrl-D in a line', 'abc\x01\x04', 'bc'],
  ['keys without a meaning', 'a\x1b[15~\x02b', 'ab'],
])('shows and keeps the same: %s', (_what, keys, expected) => {
  const { line, shown } = type(keys);
  expect([line.text, shown]).toEqual([expected, expected]);
});

it('remembers lines, and the one that was begun', () => {
  const line = emptyLine(['first', 'second']);
  expect(type('dra\x1b[A', line).shown).toBe('second');
  expect(type('dra\x1b[A\x1b[A\x1b[A', line).line.text).toBe('first');
  expect(type('dra\x1b[A\x1b[A\x1b[B\x1b[B', line).shown).toBe('dra');
  expect(type('third\r', line).line.history).toEqual(['first', 'second', 'third']);
  expect(type('second\r', line).line.history).toEqual(['first', 'second']);
});

it('tells what the person wants', () => {
  expect(type('ls\r').wishes).toEqual([{ kind: 'run', text: 'ls' }]);
  expect(type('rm\x03').wishes).toEqual([{ kind: 'cancel' }]);
  expect(type('\x04').wishes).toEqual([{ kind: 'end' }]);
});

it('waits for the rest of a key that came in two pieces', () => {
  expect(keysOf('a\x1b[')).toEqual({ keys: ['a'], rest: '\x1b[' });
  expect(keysOf('\x1b[A')).toEqual({ keys: ['\x1b[A'], rest: '' });
});
