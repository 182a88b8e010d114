import { type ClientContext, createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { focusManager, QueryClient } from '@tanstack/react-query';
import type { contract } from '../shared/contract/index.ts';
import { Connection, type OpenLine } from './rpc/connection.ts';
import { connectionStore } from './rpc/connectionState.ts';
import { PortLines } from './rpc/portLine.ts';
import { worthRetrying } from './rpc/problem.ts';
import { openSocketLine, socketAddress } from './rpc/socketLine.ts';

export { ConnectionLostError } from './rpc/connectionLost.ts';
export { isSilence, problemOf } from './rpc/problem.ts';
export { useLive, useLiveReduced } from './rpc/useLive.ts';

declare global {
  interface Window {
    /** What the preload script of the desktop program shows of itself; absent in a browser. */
    readonly trailboss?: {
      readonly kind: 'electron';
      /** Brings the window to the front. */
      readonly show?: () => void;
    };
  }
}

function lines(): OpenLine {
  if (window.trailboss?.kind === 'electron') return new PortLines(window, window.location.origin).open;
  const address = socketAddress(window.location);
  return (signal) => openSocketLine(address, signal);
}

/** The one connection of this window; it is made when the program starts and lives as long as the window. */
export const connection = new Connection(lines(), connectionStore);
window.addEventListener('online', () => connection.retryNow());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') connection.retryNow();
});

export const client: ContractRouterClient<typeof contract, ClientContext> = createORPCClient(connection);
export const orpc = createTanstackQueryUtils(client);

// The backend is on this computer: it can be asked without a network, and while the window is hidden.
focusManager.setFocused(true);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: (_count, error) => worthRetrying(error),
      retryDelay: 250,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 5000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
