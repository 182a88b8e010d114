import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** When the computer itself says that an update ended: never, while no window of Trailboss is looked at, or always. */
export const notifyChoices = ['never', 'elsewhere', 'always'] as const;
export type NotifyWhen = (typeof notifyChoices)[number];

interface Notifying {
  readonly when: NotifyWhen;
  /** The person was offered it once; the rest is in the settings. */
  readonly offered: boolean;
}

export const useNotifying = create<Notifying>()(
  persist((): Notifying => ({ when: 'elsewhere', offered: false }), { name: 'trailboss:notifying' }),
);
