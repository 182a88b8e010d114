import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import { strings } from '../strings/ui.ts';
import { UndoNotice } from './UndoNotice.tsx';

/** Says for a few seconds that something was done, where the screen shows it later or elsewhere. */
export function showNotice(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': strings.closeNotice(message) } });
}

/** A message that can be answered stays so long, in milliseconds; not while it has the focus or the pointer is on it. */
const undoWithin = 8000;

let newest: { readonly id: string; readonly undo: () => void } | undefined;

/** Says that something was done, with a button that takes it back; `undo` runs once at most. */
export function showUndo(text: string, undo: () => void): void {
  const takeBack = () => {
    notifications.hide(id);
    if (newest?.id === id) newest = undefined;
    undo();
  };
  const message = createElement(UndoNotice, { text, undo: takeBack });
  const id = notifications.show({
    message,
    autoClose: undoWithin,
    closeButtonProps: { 'aria-label': strings.closeNotice(text) },
    onFocusCapture: () => notifications.update({ id, message, autoClose: false }),
    onBlurCapture: () => notifications.update({ id, message, autoClose: undoWithin }),
    onClose: () => {
      if (newest?.id === id) newest = undefined;
    },
  });
  newest = { id, undo: takeBack };
}

/** Takes back what the newest message offers; false when there is none. */
export function undoNewest(): boolean {
  if (newest === undefined) return false;
  newest.undo();
  return true;
}
