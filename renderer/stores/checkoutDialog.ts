import { create } from 'zustand';
import type { StateOrigin } from '../../shared/contract/checkout.ts';
import type { CheckoutId, DeviceId } from '../../shared/contract/ids.ts';

/** A dialog about pvr checkouts; each can be opened from several screens and from the palette. */
export type CheckoutDialog =
  | { readonly kind: 'open' }
  | { readonly kind: 'new' }
  | { readonly kind: 'clone'; readonly from?: StateOrigin }
  | { readonly kind: 'export' | 'import' | 'post'; readonly id: CheckoutId }
  | { readonly kind: 'fast-copy'; readonly from?: DeviceId };

interface CheckoutDialogs {
  readonly dialog: CheckoutDialog | undefined;
  open(dialog: CheckoutDialog): void;
  close(): void;
}

export const useCheckoutDialog = create<CheckoutDialogs>()((set) => ({
  dialog: undefined,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: undefined }),
}));
