import type { TablerIcon } from '@tabler/icons-react';
import { useEffect } from 'react';
import { create } from 'zustand';

/** Something that the command palette can do while a screen is shown. */
export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: TablerIcon;
  /** Its shortcut, as `useShortcuts` has it; found by the label where it is declared under the same one. */
  readonly keys?: string;
  readonly run: () => void;
}

interface Palette {
  readonly byScreen: ReadonlyMap<string, readonly PaletteAction[]>;
  offer(screen: string, actions: readonly PaletteAction[]): void;
  withdraw(screen: string): void;
}

export const usePalette = create<Palette>()((set) => ({
  byScreen: new Map(),
  offer: (screen, actions) => set((palette) => ({ byScreen: new Map(palette.byScreen).set(screen, actions) })),
  withdraw: (screen) =>
    set((palette) => {
      const rest = new Map(palette.byScreen);
      rest.delete(screen);
      return { byScreen: rest };
    }),
}));

/** Offers a screen's actions in the palette for as long as it is shown. `actions` must be memoised. */
export function usePaletteActions(screen: string, actions: readonly PaletteAction[]): void {
  const offer = usePalette((palette) => palette.offer);
  const withdraw = usePalette((palette) => palette.withdraw);
  useEffect(() => {
    offer(screen, actions);
    return () => withdraw(screen);
  }, [screen, actions, offer, withdraw]);
}
