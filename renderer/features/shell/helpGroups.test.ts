import { expect, test } from 'vitest';
import type { Shortcut, ShortcutList } from '../../stores/shortcuts.ts';
import { helpGroups } from './helpGroups.ts';

const shortcut = (keys: string, label: string): Shortcut => ({ keys, label, run: () => undefined });
const lists: readonly ShortcutList[] = [
  { screen: 'Everywhere', dialog: false, list: [shortcut('g s', 'Go to Settings'), shortcut('mod+,', 'Go to Settings')] },
  { screen: 'Draft', dialog: false, list: [shortcut('mod+Z', 'Undo')] },
  { screen: 'Draft', dialog: false, list: [shortcut('mod+Z', 'Undo'), shortcut('mod+F', 'Find')] },
];
const fixed = [{ title: 'Lists', lines: [{ label: 'Next row', keys: ['ArrowDown'] }] }];
const titles = (typed: string) =>
  helpGroups(lists, fixed, 'Everywhere', typed, false).map(({ title, lines }) => [title, ...lines.map(({ label }) => label)]);

test('the screen comes first, and each deed once', () => {
  expect(titles('')).toEqual([
    ['Draft', 'Undo', 'Find'],
    ['Lists', 'Next row'],
    ['Everywhere', 'Go to Settings'],
  ]);
});

test('it is searched by words and by keys', () => {
  expect([titles('find'), titles('ctrl+z'), titles('nothing')]).toEqual([[['Draft', 'Find']], [['Draft', 'Undo']], []]);
});
