import { expect, test } from 'vitest';
import { spanFrom } from './changeWalk.ts';

const spans = [
  { line: 1, endLine: 1 },
  { line: 5, endLine: 8 },
  { line: 20, endLine: 20 },
];

test('each difference is met once on the way down and on the way up', () => {
  const lines = (start: number, by: 1 | -1) => {
    const met: number[] = [];
    for (let span = spanFrom(spans, start, by); span !== undefined; span = spanFrom(spans, span.line, by)) met.push(span.line);
    return met;
  };
  expect([lines(0, 1), lines(6, 1), lines(21, -1), lines(6, -1), lines(20, 1)]).toEqual([[1, 5, 20], [20], [20, 5, 1], [1], []]);
});
