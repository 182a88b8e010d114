import { z } from 'zod';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { type Address, addressText } from '../../net/network-problem.ts';

/** What `.pvrremote` tells, as far as it is used (pvr.md §4; pvr api/remote.go). */
export const PvrRemoteReply = z.object({
  'pvr-spec': z.string().optional().catch(undefined),
  'json-get-url': z.string().min(1),
  'objects-endpoint': z.string().min(1),
  'post-url': z.string().min(1),
  'json-key': z.string().optional().catch(undefined),
});

/** The device's pvr endpoint: paths on the address that we were given. */
export interface PvrRemote {
  readonly statePath: string;
  readonly objectsPath: string;
  readonly postPath: string;
  /** The key of the state in a post; `post` unless the endpoint says otherwise (pvr repolib.go 1531). */
  readonly stateKey: string;
  /** Origins by which the endpoint calls itself. */
  readonly origins: ReadonlySet<string>;
}

/** The addresses that an endpoint gives for an object's bytes. */
export const SignedUrls = z.object({
  'signed-puturl': z.string().optional().catch(undefined),
  'signed-geturl': z.string().optional().catch(undefined),
  size: z.string().optional().catch(undefined),
});

/** Where the pvr endpoint of a device is. */
export const endpointFolder = '/cgi-bin/pvr';

/**
 * Reads where the endpoint wants its requests. They stay on the address that we were given: an endpoint may call itself by
 * another name (its IP, a name behind a tunnel), and then its paths are taken; it can not send us to somebody else.
 */
export function readRemote(reply: z.infer<typeof PvrRemoteReply>, address: Address): PvrRemote {
  const here = new URL(`http://${addressText(address)}${endpointFolder}/`);
  const urls = [reply['json-get-url'], reply['objects-endpoint'], reply['post-url']].map((text) => {
    const url = ownUrl(text, here);
    if (url === undefined) throw strangeUrl(address, text);
    return url;
  });
  const [state, objects, post] = urls;
  if (state === undefined || objects === undefined || post === undefined) throw strangeUrl(address, '');
  return {
    statePath: pathOf(state),
    objectsPath: objects.pathname.replace(/\/+$/, ''),
    postPath: pathOf(post),
    stateKey: reply['json-key'] === undefined || reply['json-key'] === '' ? 'post' : reply['json-key'],
    origins: new Set([here.origin, ...urls.map((url) => url.origin)]),
  };
}

/** A URL by which the device's endpoint at `here` means itself; undefined for one that leads elsewhere. */
export function ownUrl(text: string, here: URL): URL | undefined {
  const url = URL.canParse(text, here) ? new URL(text, here) : undefined;
  const isItself = url?.origin === here.origin || (url?.protocol === 'http:' && url.pathname.startsWith(`${endpointFolder}/`));
  return isItself ? url : undefined;
}

/** The path of a signed URL of this endpoint; refuses one that leads elsewhere. */
export function signedPath(text: string | undefined, remote: PvrRemote, address: Address): string {
  const here = `http://${addressText(address)}${endpointFolder}/`;
  if (text === undefined || text === '' || !URL.canParse(text, here)) throw strangeUrl(address, text ?? '');
  const url = new URL(text, here);
  if (!remote.origins.has(url.origin)) throw strangeUrl(address, text);
  return pathOf(url);
}

function pathOf(url: URL): string {
  return `${url.pathname}${url.search}`;
}

function strangeUrl(address: Address, text: string): TrailbossError {
  return new TrailbossError('BAD_REPLY', {
    what: `The pvr endpoint of ${addressText(address)} sends its clients to another place, and Trailboss does not follow.`,
    unchanged: 'Nothing was sent to that other place.',
    next: 'If this is meant to be so, add that address as the device’s.',
    raw: text.slice(0, 500),
  });
}
