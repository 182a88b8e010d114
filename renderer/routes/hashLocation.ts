import { useSyncExternalStore } from 'react';
import type { BaseLocationHook, BaseSearchHook } from 'wouter';
import { numberOfNext } from './visits.ts';

// The screens live in the hash, so that a reload works the same from a web server and from the desktop program's own scheme.
// wouter's own hash hook puts the search part outside the hash, where it outlives the screen that it belongs to.

interface NavigateOptions {
  readonly replace?: boolean;
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  window.addEventListener('popstate', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
    window.removeEventListener('popstate', changed);
  };
}

/** Splits what stands after the `#` into path and search (without the question mark). */
export function splitHash(hash: string): { readonly path: string; readonly search: string } {
  const text = hash.replace(/^#/, '');
  const mark = text.indexOf('?');
  const path = mark === -1 ? text : text.slice(0, mark);
  return { path: path.startsWith('/') ? path : `/${path}`, search: mark === -1 ? '' : text.slice(mark + 1) };
}

// What a screen is about to write into its address: done before the person leaves, so that "back" finds it.
const unwritten = new Set<() => void>();

/** Has `write` run before the next step to another address. Returns the way to take it back. */
export function beforeLeaving(write: () => void): () => void {
  unwritten.add(write);
  return () => unwritten.delete(write);
}

export function navigate(to: string, options: NavigateOptions = {}): void {
  for (const write of [...unwritten]) {
    unwritten.delete(write);
    write();
  }
  const place = to.startsWith('/') ? to : `/${to}`;
  // Going to where one is already would be a step back that leads nowhere.
  const replace = options.replace === true || `#${place}` === window.location.hash;
  const state = numberOfNext(place, replace);
  if (replace) history.replaceState(state, '', `#${place}`);
  else history.pushState(state, '', `#${place}`);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The path of the screen that the address names right now. */
export const currentPath = () => splitHash(window.location.hash).path;
const currentSearch = () => splitHash(window.location.hash).search;

const useHashSearch: BaseSearchHook = () => useSyncExternalStore(subscribe, currentSearch);

/** The location hook for wouter's Router. */
export const useHashLocation: BaseLocationHook = Object.assign(
  (): [string, typeof navigate] => [useSyncExternalStore(subscribe, currentPath), navigate],
  { searchHook: useHashSearch, hrefs: (href: string) => `#${href}` },
);
