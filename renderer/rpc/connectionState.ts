import { createStore } from 'zustand/vanilla';

/**
 * Whether the backend can be heard. `lost` says how often was tried again since, and when the next try is due;
 * `since` and `nextTryAt` are instants.
 */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly since: number }
  | { readonly kind: 'lost'; readonly since: number; readonly attempts: number; readonly nextTryAt: number };

export const connectionStore = createStore<ConnectionState>()(() => ({ kind: 'connecting' }));
