import type { z } from 'zod';
import { endpointFolder, ownUrl, type PvrRemoteReply } from '../pantavisor/pvr-remote.ts';

/** Where an endpoint has its state and its objects. */
export interface Places {
  readonly state: URL;
  readonly objects: URL;
  /** Origins by which a device's endpoint calls itself; what it names there is asked for where it answers. */
  readonly ownOrigins: ReadonlySet<string>;
}

/** What went wrong is the text that leads nowhere we go. */
export type ReadPlaces = { readonly ok: true; readonly places: Places } | { readonly ok: false; readonly strange: string };

/** The endpoint of a device never sends us elsewhere; a hub has its API and its store at other origins. */
export function isDevice(base: URL): boolean {
  return base.pathname.replace(/\/+$/, '') === endpointFolder;
}

export function readPlaces(reply: z.infer<typeof PvrRemoteReply>, base: URL): ReadPlaces {
  const own = new Set([base.origin]);
  const found: URL[] = [];
  for (const text of [reply['json-get-url'], reply['objects-endpoint']]) {
    const itself = isDevice(base) ? ownUrl(text, base) : undefined;
    if (itself) own.add(itself.origin);
    const place = placeOf(text, base, own);
    if (place === undefined) return { ok: false, strange: text };
    found.push(place);
  }
  const [state, objects] = found;
  if (state === undefined || objects === undefined) return { ok: false, strange: '' };
  objects.pathname = objects.pathname.replace(/\/+$/, '');
  return { ok: true, places: { state, objects, ownOrigins: own } };
}

/**
 * Where a URL leads that the endpoint at `base` gave; undefined for one that is not followed: that of a device to somebody else, one
 * that is less safe than `base`, one with a login in it. A hub behind a proxy may take itself for this computer (hub: utils/env.go).
 */
export function placeOf(text: string, base: URL, ownOrigins: ReadonlySet<string>): URL | undefined {
  const url = URL.parse(text, base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  if (url.origin === base.origin) return url;
  const isLost = isLoopback(url.hostname) && !isLoopback(base.hostname);
  if (isDevice(base) ? ownOrigins.has(url.origin) : isLost) return new URL(`${url.pathname}${url.search}`, base.origin);
  return isDevice(base) || isLessSafe(url, base) ? undefined : url;
}

export function isLessSafe(url: URL, than: URL): boolean {
  return than.protocol === 'https:' && url.protocol !== 'https:';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
