import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Where the keys were that were signed with last. Never a passphrase. */
interface LastKeys {
  readonly keyPath: string;
  readonly chainPath: string;
  readonly publicPath: string;
  readonly remember: (paths: Partial<Pick<LastKeys, 'keyPath' | 'chainPath' | 'publicPath'>>) => void;
}

export const useLastKeys = create<LastKeys>()(
  persist((set) => ({ keyPath: '', chainPath: '', publicPath: '', remember: (paths) => set(paths) }), {
    name: 'trailboss:signing',
    partialize: ({ keyPath, chainPath, publicPath }) => ({ keyPath, chainPath, publicPath }),
  }),
);
