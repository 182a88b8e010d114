import { expect, test } from 'vitest';
import { hotkeyText } from './hotkeyText.ts';

test.each([
  ['mod+Z', 'Ctrl+Z', '⌘Z'],
  ['shift+mod+Z', 'Ctrl+Shift+Z', '⇧⌘Z'],
  ['g f', 'G F', 'G F'],
  ['alt+ArrowLeft', 'Alt+←', '⌥←'],
  ['shift+F3', 'Shift+F3', '⇧F3'],
  ['?', '?', '?'],
])('%s reads %s, on a Mac %s', (keys, elsewhere, mac) => {
  expect([hotkeyText(keys, false), hotkeyText(keys, true)]).toEqual([elsewhere, mac]);
});
