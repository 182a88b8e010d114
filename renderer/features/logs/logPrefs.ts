import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const timeModes = ['heard', 'device', 'ago'] as const;
export type TimeMode = (typeof timeModes)[number];

interface LogPrefs {
  readonly wrap: boolean;
  readonly time: TimeMode;
  /** The log beside an update is open. */
  readonly strip: boolean;
  set(prefs: Partial<Pick<LogPrefs, 'wrap' | 'time' | 'strip'>>): void;
}

/** How a person wants logs shown, kept. */
export const useLogPrefs = create<LogPrefs>()(
  persist((set) => ({ wrap: false, time: 'heard', strip: true, set: (prefs) => set(prefs) }), { name: 'trailboss:logs' }),
);
