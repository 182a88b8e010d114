import { IconX } from '@tabler/icons-react';
import { expect, test } from 'vitest';
import { grouped, type PaletteItem, paletteLines, scopeOf } from './items.ts';

function item(group: string, label: string): PaletteItem {
  return { id: label, group, label, text: label.toLowerCase(), icon: IconX, run: () => undefined };
}

const sources = {
  recent: [item('Recent', 'pump-7')],
  actions: [item('Actions', 'Dark theme'), item('Here', 'New draft')],
  screens: [item('Screens', 'Fleet')],
  revisions: [item('Revisions', '14 dark mode')],
  devices: [
    { id: 'a', text: 'dark-room', also: '10.0.0.1' },
    { id: 'b', text: 'pump-7', also: '10.0.0.2' },
  ],
  deviceItem: (id: string) => item('Devices', id === 'a' ? 'dark-room' : 'pump-7'),
};

const lines = (typed: string, most = 40) => paletteLines(typed, sources, most).map(({ label }) => label);

test.each([
  ['', ['pump-7', 'Dark theme', 'New draft', 'Fleet', 'dark-room', 'pump-7']],
  ['dark', ['Dark theme', 'dark-room', '14 dark mode']],
  ['> dark', ['Dark theme']],
  ['@dark', ['dark-room']],
  ['#dark', ['14 dark mode']],
  ['@', ['dark-room', 'pump-7']],
  ['zebra', []],
])('%j finds %j', (typed, expected) => {
  expect(lines(typed)).toEqual(expected);
});

test('no more lines come than asked for', () => {
  expect(lines('', 2)).toHaveLength(2);
});

test('a sign says what is looked for', () => {
  expect([scopeOf(' > x'), scopeOf('x > y')]).toEqual([
    { scope: 'actions', words: ' x' },
    { scope: 'all', words: 'x > y' },
  ]);
});

test('a group is there once', () => {
  const groups = grouped([item('A', '1'), item('B', '2'), item('A', '3')]);
  expect(groups.map(({ group, items }) => [group, items.length])).toEqual([
    ['A', 2],
    ['B', 1],
  ]);
});
