import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface LastFolder {
  /** Where something was chosen last; empty for the home folder. */
  readonly folder: string;
  readonly remember: (folder: string) => void;
}

/** Choosing begins where the person was the last time. */
export const useLastFolder = create<LastFolder>()(
  persist((set) => ({ folder: '', remember: (folder) => set({ folder }) }), { name: 'trailboss:folder' }),
);
