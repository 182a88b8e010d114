import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { acrossWindows } from '../../../stores/acrossWindows.ts';

/** Found devices that are remembered as hidden; the oldest are forgotten first. */
const mostHidden = 1000;

interface Dismissed {
  /** Keys of found devices that the person does not want to see. */
  readonly keys: readonly string[];
  hide(keys: readonly string[]): void;
  show(keys: readonly string[]): void;
}

const Stored = z.object({ keys: z.array(z.string()).max(mostHidden) });

export const useDismissed = create<Dismissed>()(
  persist(
    (set) => ({
      keys: [],
      hide: (hidden) =>
        set(({ keys }) => ({ keys: [...keys.filter((key) => !hidden.includes(key)), ...hidden].slice(-mostHidden) })),
      show: (shown) => set(({ keys }) => ({ keys: keys.filter((key) => !shown.includes(key)) })),
    }),
    {
      name: 'trailboss:found-nearby',
      partialize: ({ keys }) => ({ keys }),
      merge: (stored, now) => {
        const read = Stored.safeParse(stored);
        return read.success ? { ...now, ...read.data } : now;
      },
    },
  ),
);
acrossWindows(useDismissed);
