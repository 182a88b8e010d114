import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** How the difference of a JSON entry is shown: as text, as a tree of changes, or both beside each other. */
export const entryViews = ['text', 'tree', 'both'] as const;
export type EntryView = (typeof entryViews)[number];

interface CompareView {
  readonly view: EntryView;
  /** Leaves entries out that differ in their layout alone. */
  readonly hideFormatting: boolean;
  /** Shows values in the tree that are the same. */
  readonly showSame: boolean;
  setView(view: EntryView): void;
  toggle(option: 'hideFormatting' | 'showSame'): void;
}

/** How the person likes to compare; kept. */
export const useCompareView = create<CompareView>()(
  persist(
    (set) => ({
      view: 'text',
      hideFormatting: false,
      showSame: false,
      setView: (view) => set({ view }),
      toggle: (option) => set((options) => ({ [option]: !options[option] })),
    }),
    { name: 'trailboss:compare' },
  ),
);
