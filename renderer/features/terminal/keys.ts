import { isChord, parseHotkey } from '../../stores/hotkey.ts';
import { onMac } from '../../ui/onMac.ts';

/** Keys that are the terminal screen's own while a shell has the focus; every other key is the shell's. */
export const terminalKeys = {
  copy: onMac ? 'mod+C' : 'mod+shift+C',
  find: onMac ? 'mod+F' : 'mod+shift+F',
  larger: 'mod+=',
  smaller: 'mod+-',
  usualSize: 'mod+0',
  next: 'alt+PageDown',
  previous: 'alt+PageUp',
  leave: 'shift+Escape',
  palette: onMac ? 'mod+K' : 'mod+shift+P',
} as const;

/** The browser's own: it brings the text with an event, so that nobody needs leave to read the clipboard. */
export const pasteKeys = onMac ? 'mod+V' : 'mod+shift+V';

const chords = Object.values(terminalKeys).flatMap((keys) => parseHotkey(keys));
const [pasteChord] = parseHotkey(pasteKeys);

/** Whether a key goes past the shell. Nothing that is selected: then copying is the shell's key again. */
export function isTerminalKey(event: KeyboardEvent): boolean {
  if (pasteChord !== undefined && isChord(pasteChord, event, onMac)) return true;
  return chords.some((chord) => isChord(chord, event, onMac));
}
