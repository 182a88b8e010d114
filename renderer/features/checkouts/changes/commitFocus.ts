import { create } from 'zustand';

interface CommitFocus {
  /** Counts how often the commit's message was asked for; the box takes the focus when it is more than was answered. */
  readonly asked: number;
  readonly answered: number;
  readonly ask: () => void;
}

/** Lets a button elsewhere lead to the box where a commit is made. */
export const useCommitFocus = create<CommitFocus>()((set) => ({
  asked: 0,
  answered: 0,
  ask: () => set(({ asked }) => ({ asked: asked + 1 })),
}));
