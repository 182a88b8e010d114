// Vitest gives a condition one second to come true, which a busy machine may need for a single process. Every test waits longer instead:
// one that passes is no slower for it.
import { vi } from 'vitest';

const patience = 20_000;

type Options = number | { readonly timeout?: number; readonly interval?: number } | undefined;

function longer(options: Options) {
  const { timeout = patience, ...others } = typeof options === 'number' ? { timeout: options } : (options ?? {});
  return { ...others, timeout: Math.max(timeout, patience) };
}

const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options) => waitFor(callback, longer(options));
vi.waitUntil = (callback, options) => waitUntil(callback, longer(options));
