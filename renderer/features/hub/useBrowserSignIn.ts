import { useCallback, useEffect, useRef, useState } from 'react';
import type { HubAddress } from '../../../shared/contract/hub.ts';
import { client } from '../../rpc.ts';

export type BrowserSignInState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing' }
  /** The hub's page is open, or should be: at this address. */
  | { readonly kind: 'waiting'; readonly page: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** An address of the web, and nothing that a browser would run. */
function isPage(address: string): boolean {
  const protocol = URL.parse(address)?.protocol;
  return protocol === 'https:' || protocol === 'http:';
}

/** Opens a page beside Trailboss; it learns nothing of where it was opened from. */
export function openBeside(address: string): void {
  if (isPage(address)) window.open(address, '_blank', 'noopener,noreferrer');
}

/** Signing in on the hub's own page: begins, waits for as long as the dialog is there, and can be given up. */
export function useBrowserSignIn(onDone: () => void): {
  readonly state: BrowserSignInState;
  readonly start: (address: HubAddress) => void;
  readonly stop: () => void;
} {
  const [state, setState] = useState<BrowserSignInState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  const stop = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setState({ kind: 'idle' });
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  const start = (address: HubAddress) => {
    running.current?.abort();
    const attempt = new AbortController();
    running.current = attempt;
    setState({ kind: 'preparing' });
    const follow = async () => {
      for await (const event of await client.hub.signInWithBrowser(address, { signal: attempt.signal })) {
        if (attempt.signal.aborted) return;
        if (event.kind === 'done') {
          onDone();
          return;
        }
        setState({ kind: 'waiting', page: event.address });
        openBeside(event.address);
      }
    };
    follow().catch((error: unknown) => {
      if (!attempt.signal.aborted) setState({ kind: 'failed', error });
    });
  };
  return { state, start, stop };
}
