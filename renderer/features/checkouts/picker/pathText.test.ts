import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FolderItem } from '../../../../shared/contract/checkout.ts';
import { asFolder, completedName, isTaken, shownItems, typedPath, withoutEnd } from './pathText.ts';

const item = (name: string, kind: FolderItem['kind'] = 'folder'): FolderItem => ({ name, kind });
const home = [
  item('.cache'),
  item('Projects'),
  item('board', 'checkout'),
  item('boards'),
  item('board.tgz', 'export'),
  item('notes', 'file'),
];
const names = (items: readonly FolderItem[]) => items.map(({ name }) => name);

test.each([
  ['', '', ''],
  ['/', '/', ''],
  ['/home/x/pro', '/home/x/', 'pro'],
  ['C:\\work\\bo', 'C:\\work\\', 'bo'],
  ['/odd\\name/x', '/odd\\name/', 'x'],
])('%j is the folder %j and the name %j', (text, folder, name) => {
  expect(typedPath(text)).toEqual({ folder, name });
});

test('a folder can be typed into, and is named without its end', () => {
  expect(['', '/', '/a', '/a/', 'C:\\a'].map(asFolder)).toEqual(['', '/', '/a/', '/a/', 'C:\\a\\']);
  expect(['/', '/a/', 'C:\\', 'C:\\a\\'].map(withoutEnd)).toEqual(['/', '/a', 'C:\\', 'C:\\a']);
});

test('what is shown begins with the name or holds it, and hidden things only after a dot', () => {
  expect(names(shownItems(home, '', 'checkout'))).toEqual(['Projects', 'board', 'boards']);
  expect(names(shownItems(home, 'BO', 'export'))).toEqual(['board', 'boards', 'board.tgz']);
  expect(names(shownItems(home, 's', 'folder'))).toEqual(['Projects', 'boards']);
  expect(names(shownItems(home, '.', 'folder'))).toEqual(['.cache']);
});

test('a name is completed as far as all agree', () => {
  expect([completedName(home, 'b'), completedName(home, 'pr'), completedName(home, 'x'), completedName(home, 'boards')]).toEqual([
    'board',
    'Projects',
    'x',
    'boards',
  ]);
});

test('completing takes nothing away from what was typed, and something begins with the outcome', () => {
  const name = fc.stringMatching(/^[a-c]{0,4}$/);
  fc.assert(
    fc.property(fc.array(name), name, (all, typed) => {
      const completed = completedName(
        all.map((one) => item(one)),
        typed,
      );
      expect(completed.startsWith(typed)).toBe(true);
      expect(completed === typed || all.some((one) => one.startsWith(completed))).toBe(true);
    }),
  );
});

test('Enter goes into folders, and takes what was looked for', () => {
  expect([
    isTaken(item('a'), 'checkout'),
    isTaken(item('a', 'checkout'), 'checkout'),
    isTaken(item('a', 'checkout'), 'folder'),
  ]).toEqual([false, true, false]);
  expect(isTaken(item('a.tgz', 'export'), 'export')).toBe(true);
});
