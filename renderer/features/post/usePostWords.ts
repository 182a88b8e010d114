import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Via } from '../../../shared/contract/connection.ts';

interface Words {
  readonly message: string;
  /** Undefined while the suggested name stands. */
  readonly name?: string;
  /** Undefined while the suggested direction stands. */
  readonly via?: Via;
}

interface PostWords {
  readonly byDraft: Readonly<Record<string, Words>>;
  readonly set: (draft: string, words: Words) => void;
  readonly forget: (draft: string) => void;
}

export interface TypedWords {
  readonly message: string;
  readonly name: string | undefined;
  readonly via: Via | undefined;
  readonly setMessage: (message: string) => void;
  readonly setName: (name: string) => void;
  readonly setVia: (via: Via) => void;
  readonly forget: () => void;
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
export function usePostWords(draft: string): TypedWords {
  const words = useWords((all) => all.byDraft[draft]) ?? nothing;
  const set = useWords((all) => all.set);
  const forget = useWords((all) => all.forget);
  return {
    message: words.message,
    name: words.name,
    via: words.via,
    setVia: (via) => set(draft, { ...words, via }),
    setMessage: (message) => set(draft, { ...words, message }),
    setName: (name) => set(draft, { ...words, name }),
    forget: () => forget(draft),
  };
}

/** Puts the message of a post that came to nothing back where it was typed, unless another one was typed since. */
export function giveBackMessage(draft: string, message: string): void {
  const { byDraft, set } = useWords.getState();
  const words = byDraft[draft] ?? nothing;
  if (words.message === '' && message !== '') set(draft, { ...words, message });
}
