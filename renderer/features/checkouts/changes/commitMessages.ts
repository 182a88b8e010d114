import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

interface CommitMessages {
  /** By the id of the checkout. */
  readonly byId: Readonly<Record<string, string>>;
  readonly write: (id: string, message: string) => void;
}

/** Messages that were begun: they stay while the person is elsewhere, until the commit is made. */
export const useCommitMessages = create<CommitMessages>()(
  persist((set) => ({ byId: {}, write: (id, message) => set(({ byId }) => ({ byId: { ...byId, [id]: message } })) }), {
    name: 'trailboss:commit-messages',
    storage: createJSONStorage(() => sessionStorage),
  }),
);
