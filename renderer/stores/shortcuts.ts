import { useEffect, useId } from 'react';
import { create } from 'zustand';
import { onMac } from '../ui/onMac.ts';
import { type Chord, isChord, isCommand, isEditing, parseHotkey } from './hotkey.ts';

/** Something that a key does while a screen is shown. */
export interface Shortcut {
  /** `mod+Z`, `J`, `shift+F3`, or a sequence: `g f`. `mod` is Command on a Mac. */
  readonly keys: string;
  /** What it does, as the help sheet says it. */
  readonly label: string;
  readonly run: () => void;
  /** Goes also while somebody types: in fields of text, the editor and the terminal. */
  readonly inInputs?: boolean;
}

/** The shortcuts of one screen. Those of a dialog go while it is open, all others while none is. */
export interface ShortcutList {
  readonly screen: string;
  readonly dialog: boolean;
  readonly list: readonly Shortcut[];
}

interface Shortcuts {
  readonly lists: ReadonlyMap<string, ShortcutList>;
}

/** What keys are on right now, by the place that declared them; the newest one is last. */
export const useShortcutLists = create<Shortcuts>()(() => ({ lists: new Map() }));

/**
 * Turns a screen's shortcuts on for as long as it is shown, and lists them in the help sheet under `screen`. `list` must be memoised.
 * A key without a modifier never goes while somebody types, and none while a dialog is open but with `dialog`, the dialog's own.
 * Of two shortcuts with the same keys the one that was declared last goes.
 */
export function useShortcuts(screen: string, list: readonly Shortcut[], { dialog = false } = {}): void {
  const id = useId();
  useEffect(() => {
    change((lists) => lists.set(id, { screen, dialog, list }));
    return () => change((lists) => lists.delete(id));
  }, [id, screen, dialog, list]);
}

function change(edit: (lists: Map<string, ShortcutList>) => void): void {
  const lists = new Map(useShortcutLists.getState().lists);
  edit(lists);
  useShortcutLists.setState({ lists });
  if (lists.size > 0) document.addEventListener('keydown', onKeyDown);
  else document.removeEventListener('keydown', onKeyDown);
}

/** The keys of a sequence come within this time, in milliseconds. */
const sequenceWithin = 1200;

let begun: { readonly shortcuts: readonly Shortcut[]; readonly at: number; readonly depth: number } | undefined;

// In the bubble phase: what has the focus decides first, and says so by preventing the default.
function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
  const inDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
  const on = [...useShortcutLists.getState().lists.values()].reverse().filter(({ dialog }) => dialog === inDialog);
  const before = begun !== undefined && event.timeStamp - begun.at < sequenceWithin ? begun : undefined;
  begun = undefined;
  const found =
    (before && pressed(before.shortcuts, event, before.depth)) ??
    pressed(
      on.flatMap(({ list }) => list),
      event,
      0,
    );
  if (found === undefined) return;
  if (found.kind === 'begun') {
    begun = { shortcuts: found.shortcuts, at: event.timeStamp, depth: (before?.depth ?? 0) + 1 };
    return;
  }
  event.preventDefault();
  found.shortcut.run();
}

type Pressed =
  | { readonly kind: 'run'; readonly shortcut: Shortcut }
  | { readonly kind: 'begun'; readonly shortcuts: readonly Shortcut[] };

function pressed(shortcuts: readonly Shortcut[], event: KeyboardEvent, depth: number): Pressed | undefined {
  const begun: Shortcut[] = [];
  for (const shortcut of shortcuts) {
    const chords = parseHotkey(shortcut.keys);
    const chord = chords[depth];
    if (chord === undefined || !isChord(chord, event, onMac) || !mayGo(shortcut, chord, event)) continue;
    if (depth === chords.length - 1) return { kind: 'run', shortcut };
    begun.push(shortcut);
  }
  return begun.length === 0 ? undefined : { kind: 'begun', shortcuts: begun };
}

function mayGo(shortcut: Shortcut, chord: Chord, event: KeyboardEvent): boolean {
  if (shortcut.inInputs === true) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target === null || !isTyped(target)) return true;
  if (target.closest('.xterm') !== null) return false;
  return isCommand(chord) && !isEditing(chord);
}

/** Where keys are typed, or choose by their letter. */
function isTyped(target: Element): boolean {
  const field =
    'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]:not([contenteditable="false"])';
  return target.closest(`${field}, [role="textbox"], [role="menu"], .monaco-editor, .xterm`) !== null;
}
