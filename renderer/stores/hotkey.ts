/** One key with what is held down with it. `mod` is Command on a Mac and Control elsewhere. */
export interface Chord {
  readonly mod: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  /** As `KeyboardEvent.key` has it, in lower case; `plus` and `space` are written out. */
  readonly key: string;
}

/** What a chord is compared with: a keydown event. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const modifiers = ['mod', 'ctrl', 'alt', 'shift', 'meta'] as const;

/** Reads a shortcut: keys joined by `+` (`mod+Z`, `shift+F3`), and a sequence of such with a space between (`g f`). */
export function parseHotkey(text: string): readonly Chord[] {
  return text
    .trim()
    .split(/\s+/)
    .map((chord) => {
      const parts = chord.toLowerCase().split('+');
      const held = Object.fromEntries(modifiers.map((modifier) => [modifier, parts.includes(modifier)]));
      const key = parts.find((part) => !modifiers.some((modifier) => modifier === part)) ?? '';
      return {
        mod: held.mod === true,
        ctrl: held.ctrl === true,
        alt: held.alt === true,
        shift: held.shift === true,
        meta: held.meta === true,
        key,
      };
    });
}

const namedKeys: { readonly [key: string]: string } = { ' ': 'space', '+': 'plus', esc: 'escape' };

/** The key of an event. On a keyboard without Latin letters, and with Option on a Mac, the place of the key counts. */
function keyOf(event: PressedKey): string {
  const key = event.key.toLowerCase();
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]?.toLowerCase();
  const strange = key.length === 1 && (key > '~' || event.altKey);
  return strange && place !== undefined ? place : (namedKeys[key] ?? key);
}

/** Whether a keydown event is a chord. Of a sign such as `?` it is the keyboard's affair whether Shift makes it. */
export function isChord(chord: Chord, event: PressedKey, mac: boolean): boolean {
  const ctrl = chord.ctrl || (chord.mod && !mac);
  const meta = chord.meta || (chord.mod && mac);
  const sign = chord.key.length === 1 && !/[a-z0-9]/.test(chord.key);
  return (
    chord.key === keyOf(event) &&
    ctrl === event.ctrlKey &&
    meta === event.metaKey &&
    chord.alt === event.altKey &&
    (sign || chord.shift === event.shiftKey)
  );
}

/** Whether a chord types nothing: it holds more than Shift, or is a function key. */
export function isCommand(chord: Chord): boolean {
  return chord.mod || chord.ctrl || chord.alt || chord.meta || /^f\d{1,2}$/.test(chord.key);
}

const editingKeys = ['z', 'y', 'a', 'c', 'v', 'x'];

/** Whether a field of text has a use of its own for a chord: undo, redo, copy, paste, select all. */
export function isEditing(chord: Chord): boolean {
  return !chord.alt && (chord.mod || chord.ctrl || chord.meta) && editingKeys.includes(chord.key);
}
