import { expect, test } from 'vitest';
import { isChord, isCommand, isEditing, type PressedKey, parseHotkey } from './hotkey.ts';

function press(key: string, more: Partial<PressedKey> = {}): PressedKey {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

function goes(keys: string, event: PressedKey, mac = false): boolean {
  const [chord] = parseHotkey(keys);
  return chord !== undefined && isChord(chord, event, mac);
}

test.each<[string, PressedKey, boolean, boolean]>([
  ['mod+Z', press('z', { ctrlKey: true }), false, true],
  ['mod+Z', press('z', { ctrlKey: true }), true, false],
  ['mod+Z', press('z', { metaKey: true }), true, true],
  ['mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false, false],
  ['shift+mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false, true],
  ['J', press('j'), false, true],
  ['J', press('J', { shiftKey: true }), false, false],
  ['shift+F3', press('F3', { shiftKey: true }), false, true],
  ['?', press('?', { shiftKey: true }), false, true],
  ['?', press('?'), false, true],
  ['?', press('?', { ctrlKey: true }), false, false],
  ['mod+,', press(',', { metaKey: true }), true, true],
  ['alt+ArrowLeft', press('ArrowLeft', { altKey: true }), false, true],
  // A Cyrillic keyboard, and Option+Z on a Mac.
  ['mod+K', press('л', { code: 'KeyK', ctrlKey: true }), false, true],
  ['alt+Z', press('Ω', { code: 'KeyZ', altKey: true }), true, true],
])('%s against %o (Mac: %s): %s', (keys, event, mac, expected) => {
  expect(goes(keys, event, mac)).toBe(expected);
});

test('a sequence is read key by key', () => {
  expect(parseHotkey('g f').map(({ key }) => key)).toEqual(['g', 'f']);
});

test('what types nothing, and what a field of text has a use for', () => {
  const of = (keys: string) => parseHotkey(keys).map((chord) => [isCommand(chord), isEditing(chord)]);
  expect([of('J'), of('F3'), of('mod+K'), of('shift+mod+Z'), of('alt+Z')]).toEqual([
    [[false, false]],
    [[true, false]],
    [[true, false]],
    [[true, true]],
    [[true, false]],
  ]);
});
