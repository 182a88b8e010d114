import { type RefObject, useMemo, useRef } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { useShortcuts } from '../../../stores/shortcuts.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import { whyNoWrite } from '../reasons.ts';
import { useCheckoutActs } from '../useCheckoutActs.ts';
import { type ChangedFile, possibleActs } from './changeRows.ts';
import type { Changes } from './useChanges.ts';

/** What can be done with the chosen files, by key and by button. */
export interface ChangeKeys {
  readonly add: () => void;
  readonly addRaw: () => void;
  readonly reset: () => void;
  readonly remove: () => void;
}

interface Places {
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly message: RefObject<HTMLTextAreaElement | null>;
  readonly onOpen: (path: string) => void;
  readonly onCommit: () => void;
}

/** The keys of the list of changes, and what its buttons do. What is not possible now does nothing. */
export function useChangeKeys(view: CheckoutView, changes: Changes, places: Places): ChangeKeys {
  const acts = useCheckoutActs(view.id);
  const latest = useRef({ view, changes, places });
  latest.current = { view, changes, places };
  const keys = useMemo((): ChangeKeys => {
    const on = (of: keyof ReturnType<typeof possibleActs>, run: (paths: readonly string[]) => void) => () => {
      const now = latest.current;
      const paths = possibleActs(now.changes.chosen)[of];
      if (paths.length === 0 || whyNoWrite(now.view) !== undefined) return;
      run(paths);
      now.changes.clearMarks();
    };
    return {
      add: on('add', (paths) => acts.add(paths, false)),
      addRaw: on('raw', (paths) => acts.add(paths, true, addedAlready(latest.current.changes.files, paths))),
      reset: on('reset', (paths) => acts.reset(latest.current.view.name, paths, paths.length)),
      remove: on('remove', (paths) => acts.remove(paths)),
    };
  }, [acts]);
  useShortcuts(
    strings.screen,
    useMemo(
      () => [
        { keys: 'a', label: strings.keyAdd, run: keys.add },
        { keys: 'shift+a', label: strings.keyAddRaw, run: keys.addRaw },
        { keys: 'r', label: strings.keyReset, run: keys.reset },
        { keys: 'delete', label: strings.keyRemove, run: keys.remove },
        {
          keys: 'o',
          label: strings.keyOpen,
          run: () => {
            const { file } = latest.current.changes;
            if (file !== undefined) latest.current.places.onOpen(file.path);
          },
        },
        { keys: 'm', label: strings.keyMessage, run: () => latest.current.places.message.current?.focus() },
        { keys: 'mod+enter', label: strings.keyCommit, inInputs: true, run: () => latest.current.places.onCommit() },
        { keys: '/', label: strings.keyFilter, run: () => latest.current.places.searchBox.current?.focus() },
      ],
      [keys],
    ),
  );
  return keys;
}

function addedAlready(files: readonly ChangedFile[], paths: readonly string[]): readonly string[] {
  const chosen = new Set(paths);
  return files.filter(({ path, group }) => group === 'A' && chosen.has(path)).map(({ path }) => path);
}
