import { expect, test } from 'vitest';
import { mostLines, type Output, outputText, withLines } from './output.ts';

const none: Output = { lines: [], dropped: 0 };
const line = (text: string) => ({ from: 'stdout', text }) as const;

test('lines come one by one, without colours and what was written over', () => {
  const output = withLines(none, [line('a\nb\r\n'), line('10 %\r20 %\r30 %'), line('\u001b[31mred\u001b[0m')]);
  expect(outputText(output)).toBe('a\nb\n30 %\nred');
});

test('of a long output the newest lines are kept', () => {
  const output = withLines(
    none,
    Array.from({ length: mostLines + 3 }, (_, index) => line(String(index))),
  );
  expect([output.lines.length, output.dropped, output.lines[0]?.text]).toEqual([mostLines, 3, '3']);
});
