import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { DraftId } from '../../../shared/contract/ids.ts';

interface Words {
  readonly message: string;
  /** Undefined while the suggested name stands. */
  readonly name?: string;
}

interface PostWords {
  readonly byDraft: Readonly<Record<string, Words>>;
  readonly set: (draft: string, words: Words) => void;
  readonly forget: (draft: string) => void;
}

const nothing: Words = { message: '' };

const useWords = create<PostWords>()(
  persist(
    (set) => ({
      byDraft: {},
      set: (draft, words) => set(({ byDraft }) => ({ byDraft: { ...byDraft, [draft]: words } })),
      forget: (draft) =>
        set(({ byDraft }) => ({ byDraft: Object.fromEntries(Object.entries(byDraft).filter(([key]) => key !== draft)) })),
    }),
    { name: 'trailboss.post' },
  ),
);

/** What somebody typed for a post that is not sent yet; it outlives leaving the screen and reloading. */
export function usePostWords(draft: DraftId) {
  const words = useWords((all) => all.byDraft[draft]) ?? nothing;
  const set = useWords((all) => all.set);
  const forget = useWords((all) => all.forget);
  return {
    message: words.message,
    name: words.name,
    setMessage: (message: string) => set(draft, { ...words, message }),
    setName: (name: string) => set(draft, { ...words, name }),
    forget: () => forget(draft),
  };
}
