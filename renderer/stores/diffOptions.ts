import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** How differences of texts are drawn, the same wherever there is one. */
export interface DiffLook {
  /** One text, with what went and what came below each other, instead of two side by side. */
  readonly inline: boolean;
  readonly wrap: boolean;
  /** Leaves out spaces at the ends of lines. */
  readonly ignoreWhitespace: boolean;
}

interface DiffOptions extends DiffLook {
  toggle(option: keyof DiffLook): void;
}

export const useDiffOptions = create<DiffOptions>()(
  persist(
    (set) => ({
      inline: false,
      wrap: true,
      ignoreWhitespace: false,
      toggle: (option) => set((options) => ({ [option]: !options[option] })),
    }),
    { name: 'trailboss:diff' },
  ),
);
