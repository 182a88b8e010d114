import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { acrossWindows } from '../../../stores/acrossWindows.ts';
import { builtInViews, mostViews, movedView, plainLook, SavedView, TableLook } from './savedViews.ts';

interface SavedViews {
  readonly own: readonly SavedView[];
  /** How the table stands in the views that are always there. */
  readonly shared: TableLook;
  /** Under a new id, which is returned. */
  add(name: string, filter: string, look: TableLook): string;
  change(id: string, part: Partial<Pick<SavedView, 'name' | 'filter'>>): void;
  /** Takes a view out; the function puts it back where it was. */
  remove(id: string): () => void;
  move(id: string, step: number): void;
  /** The look of a view: an own one's, or the one that the others share. */
  setLook(id: string, look: Partial<TableLook>): void;
}

const Stored = z.object({ own: z.array(SavedView).max(mostViews), shared: TableLook });

/** The person's own views of the fleet, and how the table stands; kept in this browser or desktop program. */
export const useSavedViews = create<SavedViews>()(
  persist(
    (set, get) => ({
      own: [],
      shared: plainLook,
      add: (name, filter, { sort, layout }) => {
        const id = crypto.randomUUID();
        set(({ own }) => ({ own: [...own, { id, name, filter, sort, layout }] }));
        return id;
      },
      change: (id, part) => set(({ own }) => ({ own: own.map((view) => (view.id === id ? { ...view, ...part } : view)) })),
      remove: (id) => {
        const at = get().own.findIndex((view) => view.id === id);
        const view = get().own[at];
        set(({ own }) => ({ own: own.filter((one) => one.id !== id) }));
        return () => {
          if (view !== undefined && !get().own.some((one) => one.id === id))
            set(({ own }) => ({ own: own.toSpliced(at, 0, view) }));
        };
      },
      move: (id, step) => set(({ own }) => ({ own: movedView(own, id, step) })),
      setLook: (id, look) =>
        set(({ own, shared }) =>
          builtInViews.some((view) => view.id === id)
            ? { shared: { ...shared, ...look } }
            : { own: own.map((view) => (view.id === id ? { ...view, ...look } : view)) },
        ),
    }),
    {
      name: 'trailboss:fleet-views',
      partialize: ({ own, shared }) => ({ own, shared }),
      // Something else wrote there, or an older version did: the views begin anew.
      merge: (stored, now) => {
        const read = Stored.safeParse(stored);
        return read.success ? { ...now, ...read.data } : now;
      },
    },
  ),
);
acrossWindows(useSavedViews);
