import { create } from 'zustand';
import type { AccountId } from '../../shared/contract/hub.ts';

/** What the sign-in dialog is filled in with for an account that is known already. */
export interface KnownAccount {
  readonly url: string;
  readonly nick: string;
  readonly hasCa: boolean;
}

/** A dialog about hub accounts; each can be opened from several screens and from the palette. */
export type HubDialog =
  | { readonly kind: 'sign-in'; readonly account?: KnownAccount }
  | { readonly kind: 'sign-out'; readonly accountId: AccountId }
  | { readonly kind: 'unlock' }
  | { readonly kind: 'secrets' }
  | { readonly kind: 'claim' };

interface HubDialogs {
  readonly dialog: HubDialog | undefined;
  open(dialog: HubDialog): void;
  close(): void;
}

export const useHubDialog = create<HubDialogs>()((set) => ({
  dialog: undefined,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: undefined }),
}));
