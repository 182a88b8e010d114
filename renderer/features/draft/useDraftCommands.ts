import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsDiff,
  IconCopy,
  IconCursorText,
  IconFilePlus,
  IconPackage,
  IconPencil,
  IconPencilPlus,
  IconSend,
  IconTrash,
  IconX,
  IconZoomCode,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { type PaletteAction, usePaletteActions } from '../../stores/palette.ts';
import { type Shortcut, useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/draft.ts';
import type { DraftMoves } from './useDraftMoves.ts';
import type { DraftSteps } from './useHistory.ts';

const words = strings.commands;

export interface DraftCommands {
  readonly steps: DraftSteps;
  readonly moves: DraftMoves;
  readonly find: () => void;
  readonly setTitle: () => void;
  readonly addJson: () => void;
  readonly addFiles: () => void;
  readonly addContainer: () => void;
  /** Undefined where no entry is selected that can be. */
  readonly renameEntry: (() => void) | undefined;
  readonly removeEntry: (() => void) | undefined;
  /** Undefined while the draft can't be posted. */
  readonly canPost: boolean;
  readonly policies: () => void;
}

/** The draft's shortcuts and what it offers in the palette. All of `commands` must be stable between two changes of the draft. */
export function useDraftCommands(commands: DraftCommands): void {
  const { steps, moves, find, setTitle, addJson, addFiles, addContainer, renameEntry, removeEntry, canPost, policies } = commands;
  const { undo, redo, undoes, redoes } = steps;
  const shortcuts = useMemo(
    (): readonly Shortcut[] => [
      { keys: 'mod+Z', label: words.undo, run: undo },
      { keys: 'mod+shift+Z', label: words.redo, run: redo },
      { keys: 'mod+Y', label: words.redo, run: redo },
      { keys: 'mod+shift+F', label: words.find, run: find, inInputs: true },
      ...(renameEntry === undefined ? [] : [{ keys: 'F2', label: words.renameEntry, run: renameEntry }]),
      ...(removeEntry === undefined ? [] : [{ keys: 'Delete', label: words.removeEntry, run: inTree(removeEntry) }]),
    ],
    [undo, redo, find, renameEntry, removeEntry],
  );
  useShortcuts(strings.screen, shortcuts);
  const actions = useMemo(
    (): readonly PaletteAction[] => [
      ...(undoes === undefined
        ? []
        : [{ id: 'undo', label: strings.undo.what(undoes), icon: IconArrowBackUp, keys: 'mod+Z', run: undo }]),
      ...(redoes === undefined
        ? []
        : [{ id: 'redo', label: strings.undo.again(redoes), icon: IconArrowForwardUp, keys: 'mod+shift+Z', run: redo }]),
      { id: 'find', label: words.find, icon: IconZoomCode, keys: 'mod+shift+F', run: find },
      { id: 'add-json', label: words.addJson, icon: IconFilePlus, run: addJson },
      { id: 'add-files', label: words.addFiles, icon: IconFilePlus, run: addFiles },
      { id: 'add-container', label: words.addContainer, icon: IconPackage, run: addContainer },
      ...(renameEntry === undefined
        ? []
        : [{ id: 'rename-entry', label: words.renameEntry, icon: IconCursorText, keys: 'F2', run: renameEntry }]),
      ...(removeEntry === undefined ? [] : [{ id: 'remove-entry', label: words.removeEntry, icon: IconX, run: removeEntry }]),
      { id: 'policies', label: words.policies, icon: IconPencil, run: policies },
      { id: 'title', label: words.setTitle, icon: IconPencil, run: setTitle },
      { id: 'duplicate', label: words.duplicate, icon: IconCopy, run: moves.duplicate },
      { id: 'another', label: words.another, icon: IconPencilPlus, run: moves.startAnother },
      { id: 'compare', label: strings.compare, icon: IconArrowsDiff, run: moves.compare },
      ...(canPost ? [{ id: 'post', label: words.post, icon: IconSend, run: moves.post }] : []),
      { id: 'discard', label: words.discard, icon: IconTrash, run: moves.discard },
    ],
    [
      undoes,
      redoes,
      undo,
      redo,
      find,
      addJson,
      addFiles,
      addContainer,
      renameEntry,
      removeEntry,
      policies,
      setTitle,
      moves,
      canPost,
    ],
  );
  usePaletteActions('draft', actions);
}

/** Elsewhere on the screen nobody expects the key to take an entry away. */
function inTree(run: () => void): () => void {
  return () => {
    if (document.activeElement?.closest('[data-draft-tree]')) run();
  };
}
