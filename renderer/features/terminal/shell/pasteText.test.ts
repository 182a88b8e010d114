import { expect, test } from 'vitest';
import { asksBefore, pastedLines, safePaste } from './pasteText.ts';

test('One line is pasted at once, with or without its end', () => {
  expect(['ls', 'ls\n', 'ls\r\n', ''].map((text) => asksBefore(text, { bracketed: false }))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test('Several lines are asked for, unless the shell holds them until Enter', () => {
  expect(asksBefore('cd /\nrm -r x', { bracketed: false })).toBe(true);
  expect(asksBefore('cd /\nrm -r x', { bracketed: true })).toBe(false);
  expect(pastedLines('a\r\nb\rc\n')).toEqual(['a', 'b', 'c']);
});

test('A text can’t end the paste that it is in', () => {
  expect(safePaste('echo\u001b[201~\rrm -r /')).toBe('echo\rrm -r /');
});
