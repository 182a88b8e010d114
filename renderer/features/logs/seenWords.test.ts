import { expect, test } from 'vitest';
import { linesAfter } from './useNewLines.ts';
import { withWords } from './useSeenWords.ts';

const nothing = { levels: [], sources: [], platforms: [], revisions: [] };

test('Words are collected once each, revisions newest first', () => {
  const seen = withWords(
    nothing,
    [
      { id: '1', at: 1, level: 'INFO', text: '', platform: 'web', revision: '9' },
      { id: '2', at: 2, level: 'WARN', text: '', source: 'lxc', revision: '10' },
    ],
    ['2'],
  );
  expect(seen).toEqual({ levels: ['INFO', 'WARN'], sources: ['lxc'], platforms: ['web'], revisions: ['10', '9', '2'] });
  expect(withWords(seen, [{ id: '3', at: 3, level: 'INFO', text: '', revision: '9' }], [])).toBe(seen);
});

test('New lines are those behind the last one that was followed', () => {
  const entries = ['a', 'b', 'c', 'd'].map((id, at) => ({ id, at, level: 'INFO', text: '' }));
  expect([
    linesAfter(entries, 'b'),
    linesAfter(entries, 'd'),
    linesAfter(entries, 'gone'),
    linesAfter(entries, undefined),
  ]).toEqual([2, 0, 4, 0]);
});
