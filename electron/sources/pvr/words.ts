import { type ErrorCode, TrailbossError } from '../../../shared/contract/errors.ts';
import type { WebReply } from '../../net/https.ts';
import { rawOf } from '../../net/raw.ts';
import type { WebFailure, WebFailureKind } from '../../net/web-failure.ts';

const nothingChanged = 'Nothing was changed.';

export function remoteError(
  code: ErrorCode,
  what: string,
  next: string,
  raw?: Uint8Array | string,
  cause?: unknown,
): TrailbossError {
  return new TrailbossError(code, { what, unchanged: nothingChanged, next, ...rawOf(raw) }, { cause });
}

const failures: Readonly<Record<WebFailureKind, readonly [code: ErrorCode, what: string, next: string]>> = {
  unreachable: ['UNREACHABLE', 'can’t be reached', 'Check the address and this computer’s network.'],
  untrusted: [
    'UNTRUSTED_CERTIFICATE',
    'has a certificate that this computer does not trust',
    'If it is a hub of your own, sign in to it in Settings and give its certificate there.',
  ],
  silent: ['NOT_ANSWERING', 'is not answering', 'Check the network, and try again.'],
  broken: ['NOT_ANSWERING', 'is not answering', 'Check the network, and try again.'],
  truncated: ['NOT_ANSWERING', 'broke off its answer', 'Try again; what has come whole is kept.'],
  endless: ['BAD_REPLY', 'sends something without end', 'Check that the address is that of a pvr endpoint.'],
  'not-http': ['NOT_A_DEVICE', 'does not speak HTTP', 'Check the address and its port.'],
  'file-changed': ['LOCAL_STORAGE', 'could not be sent a file that changed meanwhile', 'Try again.'],
};

export function failureProblem(failure: WebFailure, host: string): TrailbossError {
  const [code, what, next] = failures[failure.kind];
  return remoteError(code, `${host} ${what}: ${failure.detail}.`, next, undefined, failure);
}

/** It sends its clients to a place that Trailboss does not go to. */
export function strangePlace(host: string, text: string): TrailbossError {
  const next = 'If this is meant to be so, give that other address.';
  return remoteError(
    'BAD_REPLY',
    `${host} sends its clients on to another place, and Trailboss does not follow.`,
    next,
    text.slice(0, 500),
  );
}

export function notAnEndpoint(host: string, detail: string, raw?: Uint8Array): TrailbossError {
  const next = 'Check the address: that of a device ends in /cgi-bin/pvr, that of a device on a hub in /trails/ and its id.';
  return remoteError('NOT_A_DEVICE', `There is no pvr endpoint at ${host}: ${detail}.`, next, raw);
}

export function badAnswer(host: string, detail: string, raw?: Uint8Array, cause?: unknown): TrailbossError {
  return remoteError(
    'BAD_REPLY',
    `The answer of ${host} can’t be used: ${detail}.`,
    'Try again; if it stays, look at the answer below.',
    raw,
    cause,
  );
}

export function noObject(host: string, sha: string): TrailbossError {
  const next = 'An update that needs it would fail on the device as well. Look for it in another revision, or on the hub.';
  return remoteError('NOT_FOUND', `${host} does not have object ${sha.slice(0, 8)}, which its state refers to.`, next, sha);
}

export function tooLong(host: string, sha: string): TrailbossError {
  const next = 'Try again. If it stays, the object is damaged there, and an update that needs it would fail.';
  return remoteError('BAD_CHECKSUM', `${host} sends more for object ${sha.slice(0, 8)} than there is of it.`, next, sha);
}

/** A status that is no answer. A login that is asked for is never tried by itself: pvr, which does, asks for ever. */
export function refusedBy(host: string, reply: Pick<WebReply, 'status' | 'header' | 'body'>, doing: string): TrailbossError {
  const { status, body } = reply;
  if (status === 401 || status === 403) {
    const saysHow = reply.header('www-authenticate') !== undefined;
    const next = saysHow
      ? 'Sign in to its hub in Settings with an account that has this device, and try again: Trailboss then asks by that account.'
      : 'It does not say how to sign in. Check the address; a device of your own gives its state to everybody on its network.';
    return remoteError('LOGIN_REFUSED', `${host} refuses ${doing} to those who are not signed in (${status}).`, next, body);
  }
  if (status === 404)
    return remoteError('NOT_FOUND', `${host} does not have what is needed ${doing}.`, 'Check the address.', body);
  const code = status >= 500 ? 'NOT_ANSWERING' : 'REFUSED_BY_DEVICE';
  return remoteError(code, `${host} refused ${doing} (${status}).`, 'Try again in a while.', body);
}
