import { useEffect, useState } from 'react';

export type Monaco = typeof import('./monaco.ts');

let loading: Promise<Monaco> | undefined;

/** Loads the editor once. A load that failed is tried again by the next caller. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= import('./monaco.ts').catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

export type MonacoLoad =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly monaco: Monaco }
  | { readonly kind: 'failed'; readonly reason: string };

/** The editor as soon as it is there. */
export function useMonaco(): MonacoLoad {
  const [load, setLoad] = useState<MonacoLoad>({ kind: 'loading' });
  useEffect(() => {
    let mounted = true;
    loadMonaco().then(
      (monaco) => mounted && setLoad({ kind: 'ready', monaco }),
      (error: unknown) => mounted && setLoad({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      mounted = false;
    };
  }, []);
  return load;
}
