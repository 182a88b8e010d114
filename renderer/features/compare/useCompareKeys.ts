import {
  IconArrowDown,
  IconArrowsExchange,
  IconArrowUp,
  IconFold,
  IconFoldDown,
  IconListSearch,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { usePaletteActions } from '../../stores/palette.ts';
import { type Shortcut, useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/compare.ts';

/** What can be done on the compare screen by a key and from the palette. */
export interface CompareActions {
  readonly stepEntry: (by: 1 | -1) => void;
  readonly stepChange: (by: 1 | -1) => void;
  readonly swap: () => void;
  readonly nextView: () => void;
  readonly toggleAll: (open: boolean) => void;
  readonly focusFilter: () => void;
}

interface Action {
  readonly id: string;
  readonly label: string;
  readonly icon: TablerIcon;
  /** The first is the one that is shown on the buttons. */
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** Turns the screen's keys on and offers its actions in the palette. */
export function useCompareKeys(actions: CompareActions): void {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  const list = useMemo((): readonly Action[] => {
    const stepChange = (by: 1 | -1) => latest.current.stepChange(by);
    const stepEntry = (by: 1 | -1) => latest.current.stepEntry(by);
    const toggleAll = (open: boolean) => latest.current.toggleAll(open);
    return [
      {
        id: 'next-change',
        label: strings.nextChange,
        icon: IconArrowDown,
        keys: ['N', 'F7', 'alt+F5'],
        run: () => stepChange(1),
      },
      {
        id: 'previous-change',
        label: strings.previousChange,
        icon: IconArrowUp,
        keys: ['P', 'shift+F7', 'shift+alt+F5'],
        run: () => stepChange(-1),
      },
      { id: 'next-entry', label: strings.nextEntry, icon: IconArrowDown, keys: ['J', 'alt+ArrowDown'], run: () => stepEntry(1) },
      {
        id: 'previous-entry',
        label: strings.previousEntry,
        icon: IconArrowUp,
        keys: ['K', 'alt+ArrowUp'],
        run: () => stepEntry(-1),
      },
      { id: 'swap', label: strings.swap, icon: IconArrowsExchange, keys: ['X'], run: () => latest.current.swap() },
      { id: 'view', label: strings.nextView, icon: IconSitemap, keys: ['T'], run: () => latest.current.nextView() },
      { id: 'filter', label: strings.focusFilter, icon: IconListSearch, keys: ['/'], run: () => latest.current.focusFilter() },
      { id: 'collapse', label: strings.collapseAll, icon: IconFold, keys: ['shift+C'], run: () => toggleAll(false) },
      { id: 'expand', label: strings.expandAll, icon: IconFoldDown, keys: ['shift+E'], run: () => toggleAll(true) },
    ];
  }, []);
  useShortcuts(
    strings.title,
    useMemo(() => list.flatMap(({ keys, label, run }): Shortcut[] => keys.map((one) => ({ keys: one, label, run }))), [list]),
  );
  usePaletteActions(
    'compare',
    useMemo(
      () =>
        list.map(({ id, label, icon, keys: [keys], run }) => ({ id, label, icon, run, ...(keys === undefined ? {} : { keys }) })),
      [list],
    ),
  );
}
