import { create } from 'zustand';

interface HelpSheet {
  readonly opened: boolean;
  open(): void;
  close(): void;
}

/** Whether the sheet with all shortcuts is open. */
export const useHelpSheet = create<HelpSheet>()((set) => ({
  opened: false,
  open: () => set({ opened: true }),
  close: () => set({ opened: false }),
}));
