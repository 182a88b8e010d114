import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Panes {
  /** Widths in pixels by the pane's name, as the person left them. */
  readonly widths: Readonly<Record<string, number>>;
  setWidth(name: string, width: number): void;
}

export const usePanes = create<Panes>()(
  persist(
    (set) => ({
      widths: {},
      setWidth: (name, width) => set((panes) => ({ widths: { ...panes.widths, [name]: width } })),
    }),
    { name: 'trailboss:panes' },
  ),
);
