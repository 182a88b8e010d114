import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { publicHub } from '../../shared/contract/hub.ts';

interface RememberedHub {
  /** The hub that was signed in to last. */
  readonly url: string;
  /** Its own certificate as PEM text; empty where it has none. A certificate is no secret. */
  readonly ca: string;
  remember(url: string, ca: string): void;
}

export const useHubAddress = create<RememberedHub>()(
  persist(
    (set) => ({
      url: publicHub,
      ca: '',
      remember: (url, ca) => set({ url, ca }),
    }),
    { name: 'trailboss:hub' },
  ),
);
