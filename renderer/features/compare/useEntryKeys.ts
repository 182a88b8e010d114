import { useEffect, useRef } from 'react';

/** Alt+↓ and Alt+↑ anywhere, j and k outside of editors and fields, lead to the next and the previous entry. */
export function useEntryKeys(step: (by: 1 | -1) => void): void {
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = stepOf(event, isTyping(event.target));
      if (by === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(by);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The step that a key stands for; `typing`: the focus is where letters are text. */
export function stepOf(pressed: Pressed, typing: boolean): 1 | -1 | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.shiftKey) return undefined;
  if (pressed.altKey) return pressed.key === 'ArrowDown' ? 1 : pressed.key === 'ArrowUp' ? -1 : undefined;
  if (typing) return undefined;
  return pressed.key === 'j' ? 1 : pressed.key === 'k' ? -1 : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable="true"], .monaco-editor, [role="dialog"]') !== null
  );
}
