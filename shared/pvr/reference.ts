import { isIpv4, isIpv6 } from './ip-address.ts';

/**
 * What `pvr clone`, `get` and `fastcopy` take for a place. `text` is what `.pvr/config` keeps of it, fragment included, byte for byte as pvr
 * writes it (libpvr/util.go, FixupRepoRef); `fragment` is that in plain characters, empty where there is none.
 */
export type Reference =
  /** A pvr endpoint; `url` has no fragment. */
  | { readonly kind: 'url'; readonly url: string; readonly fragment: string; readonly text: string }
  /** A `.pvr` folder, a checkout or an export on this computer. */
  | { readonly kind: 'path'; readonly path: string; readonly fragment: string; readonly text: string };

/** `reason` is a sentence for people. */
export type ReadReference =
  | { readonly ok: true; readonly reference: Reference }
  | { readonly ok: false; readonly reason: string };

/** Where pvr looks for `nick/device`: written into it (util.go 1029). */
const pantahub = 'https://pvr.pantahub.com';

/** The port and the path of the pvr endpoint on a device. */
export const endpointPort = 12368;
export const endpointPath = '/cgi-bin/pvr';

/**
 * Reads a reference as pvr does: an IP address is a device's pvr endpoint, `nick/device` one on pantahub, everything else a URL or a path.
 * Unlike pvr it puts an IPv6 address in brackets, and takes a `/` in the fragment of `nick/device#a/b`, which pvr counts as a third name.
 */
export function readReference(typed: string): ReadReference {
  const text = typed.trim();
  const hash = text.indexOf('#');
  const place = hash === -1 ? text : text.slice(0, hash);
  const fragment = hash === -1 ? '' : escapeFragment(text.slice(hash + 1));
  if (place === '') return refused('Give an address, a device as nick/device, or a file.');
  if (isPath(place)) return path(place, fragment);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(place)) return readUrl(place, fragment);
  const bracketed = /^\[(.*)\]$/.exec(place)?.[1] ?? place;
  if (isIpv4(place) || isIpv6(bracketed)) return url(endpointUrl(bracketed), fragment);
  if (/^\[?[0-9a-f:]+%/i.test(place)) {
    return refused('An IPv6 address with a zone (%eth0) can’t stand in a URL. Use another address of the device, or its name.');
  }
  return readNicks(place, fragment);
}

/** The pvr endpoint of a device at this host: a name, an IPv4 or an IPv6 address. */
export function endpointUrl(host: string, port: number = endpointPort): string {
  return `http://${isIpv6(host) ? `[${host}]` : host}:${port}${endpointPath}`;
}

/** The reference with more parts: what stands in it already counts as well. */
export function withFragment(reference: Reference, more: string): Reference {
  const parts = [rawFragment(reference.text), escapeFragment(more)].flatMap((one) => (one === '' ? [] : one.split(',')));
  const fragment = [...new Set(parts)].join(',');
  const read = reference.kind === 'url' ? url(reference.url, fragment) : path(reference.path, fragment);
  return read.reference;
}

/** A fragment as pvr writes it into a reference: `/` and `#` escaped, and a `%` that begins no escape. */
export function escapeFragment(fragment: string): string {
  return fragment
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replaceAll('/', '%2F')
    .replaceAll('#', '%23');
}

/** A fragment in plain characters, as pvr reads it (Go's net/url). What is no UTF-8 behind its escapes stays as it is. */
export function plainFragment(fragment: string): string {
  try {
    return decodeURIComponent(escapeFragment(fragment));
  } catch {
    return fragment;
  }
}

function rawFragment(text: string): string {
  const hash = text.indexOf('#');
  return hash === -1 ? '' : text.slice(hash + 1);
}

function url(address: string, fragment: string): { readonly ok: true; readonly reference: Reference } {
  const text = fragment === '' ? address : `${address}#${fragment}`;
  return { ok: true, reference: { kind: 'url', url: address, fragment: plainFragment(fragment), text } };
}

function path(place: string, fragment: string): { readonly ok: true; readonly reference: Reference } {
  const text = fragment === '' ? place : `${place}#${fragment}`;
  return { ok: true, reference: { kind: 'path', path: place, fragment: plainFragment(fragment), text } };
}

function readUrl(place: string, fragment: string): ReadReference {
  const [, scheme = '', authority = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?]*)/i.exec(place) ?? [];
  if (!/^https?$/i.test(scheme)) {
    return refused(
      `pvr speaks http and https, and no ${scheme}. ${scheme.toLowerCase() === 'file' ? 'Give the path itself.' : `The pvr endpoint of a device is http://HOST:${endpointPort}${endpointPath}.`}`,
    );
  }
  if (authority.includes('@')) {
    return refused(
      'A name or password in the address would stand in .pvr/config for everybody to read. Give the address without it.',
    );
  }
  if (/[\s<>"{}|\\^`]/.test(place)) return refused('There are characters in this address that no URL has.');
  if (!isHost(authority)) return refused('There is no host in this address that it could lead to.');
  return url(place, fragment);
}

function isHost(authority: string): boolean {
  const [, bracketed, name, port] = /^(?:\[([^\]]*)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(authority) ?? [];
  if (port !== undefined && Number(port) > 65_535) return false;
  return bracketed === undefined ? name !== undefined : isIpv6(bracketed);
}

function readNicks(place: string, fragment: string): ReadReference {
  const names = place.split('/');
  const [nick = '', device = ''] = names;
  if (names.length === 2 && isNick(nick) && isNick(device)) return url(`${pantahub}/${nick}/${device}`, fragment);
  if (names.length === 1) {
    return refused(
      `pvr takes a bare IP address, but no name and no port: write http://${isHost(place) ? withPort(place) : `HOST:${endpointPort}`}${endpointPath} for a device, or nick/device for one on pantahub.`,
    );
  }
  return refused('This is no URL, no nick/device, and no path that begins with / or ~.');
}

function withPort(place: string): string {
  return /:\d+$/.test(place) ? place : `${place}:${endpointPort}`;
}

/** Without what would make another URL of it. */
function isNick(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[\s:?%\\@[\]<>"{}|^`]/.test(name);
}

/** pvr looks whether there is such a file; here the form tells: from a root or a home, or the name of a folder or an export of pvr. */
function isPath(place: string): boolean {
  if (/^(?:\/|~|\.{1,2}(?:[/\\]|$)|[a-z]:[/\\]|\\\\)/i.test(place)) return true;
  return !place.includes('://') && /(?:^|[/\\])\.pvr[/\\]?$|\.(?:tar|tgz|gz)$/i.test(place);
}

function refused(reason: string): ReadReference {
  return { ok: false, reason };
}
