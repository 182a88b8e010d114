import { keyTexts } from '../strings/words.ts';

const onMacKeyboard: { readonly [key: string]: string } = { mod: '⌘', meta: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' };
const elsewhere: { readonly [key: string]: string } = {
  mod: keyTexts.ctrl,
  ctrl: keyTexts.ctrl,
  alt: keyTexts.alt,
  shift: keyTexts.shift,
  meta: keyTexts.meta,
};
const order = ['ctrl', 'alt', 'shift', 'mod', 'meta'];
const orderElsewhere = ['mod', 'ctrl', 'alt', 'shift', 'meta'];

const keys: { readonly [key: string]: string } = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  escape: keyTexts.escape,
  enter: keyTexts.enter,
  plus: '+',
  space: keyTexts.space,
  delete: keyTexts.delete,
  pageup: keyTexts.pageup,
  pagedown: keyTexts.pagedown,
};

/** The caps to press for a shortcut, chord by chord: `[['Ctrl', 'Z']]`, `[['G'], ['F']]`, on a Mac `[['⌘', 'Z']]`. */
export function hotkeyCaps(hotkey: string, mac: boolean): readonly (readonly string[])[] {
  const names = mac ? onMacKeyboard : elsewhere;
  return hotkey
    .trim()
    .split(/\s+/)
    .map((chord) => {
      const parts = chord.toLowerCase().split('+');
      const held = (mac ? order : orderElsewhere).filter((modifier) => parts.includes(modifier));
      const key = parts.find((part) => names[part] === undefined) ?? '';
      const cap = keys[key] ?? (key.length === 1 ? key.toUpperCase() : `${key.charAt(0).toUpperCase()}${key.slice(1)}`);
      return [...held.map((modifier) => names[modifier] ?? modifier), cap];
    });
}

/** A shortcut in one text: `Ctrl+Shift+Z`, `G F`, on a Mac `⇧⌘Z`. */
export function hotkeyText(hotkey: string, mac: boolean): string {
  return hotkeyCaps(hotkey, mac)
    .map((caps) => caps.join(mac ? '' : '+'))
    .join(' ');
}
