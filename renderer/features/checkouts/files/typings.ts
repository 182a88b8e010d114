import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import type { Typing } from './fileBuffer.ts';

interface Typings {
  /** By checkout and path. */
  readonly byKey: Readonly<Record<string, Typing>>;
  readonly put: (key: string, typing: Typing | undefined) => void;
}

export function typingKey(id: CheckoutId, path: string): string {
  return `${id}\n${path}`;
}

/** What was typed and not saved yet: it stays while the person looks at other files, and when the window is loaded anew. */
export const useTypings = create<Typings>()(
  persist(
    (set) => ({
      byKey: {},
      put: (key, typing) =>
        set(({ byKey }) => {
          const { [key]: _before, ...rest } = byKey;
          return { byKey: typing === undefined ? rest : { ...rest, [key]: typing } };
        }),
    }),
    { name: 'trailboss:typings', storage: createJSONStorage(() => sessionStorage) },
  ),
);
