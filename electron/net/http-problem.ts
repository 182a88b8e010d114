import { errors } from 'undici';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { type Address, addressText, errorCodeOf, networkProblem } from './network-problem.ts';
import { rawOf } from './raw.ts';

const service = 'pvr endpoint';

/** What is left as it was when a request fails; a caller that writes says something better. */
export const nothingChanged = 'Nothing was changed on the device.';

export function notAnswering(address: Address, unchanged: string, detail: string, cause?: unknown): TrailbossError {
  return new TrailbossError(
    'NOT_ANSWERING',
    {
      what: `${addressText(address)} is not answering: ${detail}.`,
      unchanged,
      next: 'During an update this is normal for up to half a minute. Otherwise check the device and the network.',
      ...rawOf(cause instanceof Error ? cause.message : undefined),
    },
    { cause },
  );
}

export function badReply(
  address: Address,
  unchanged: string,
  detail: string,
  raw?: Uint8Array | string,
  cause?: unknown,
): TrailbossError {
  return new TrailbossError(
    'BAD_REPLY',
    {
      what: `The reply of ${addressText(address)} can't be used: ${detail}.`,
      unchanged,
      next: 'Try again; if it stays, look at what it sent, and whether this is the right port.',
      ...rawOf(raw),
    },
    { cause },
  );
}

export function notADevice(address: Address, detail: string, raw?: Uint8Array | string, cause?: unknown): TrailbossError {
  return new TrailbossError(
    'NOT_A_DEVICE',
    {
      what: `What answers at ${addressText(address)} is no Pantavisor device: ${detail}.`,
      unchanged: nothingChanged,
      next: 'Check the address and the port: the pvr endpoint is usually on 12368, SSH on 8222.',
      ...rawOf(raw),
    },
    { cause },
  );
}

/** Bytes that are no HTTP: what speaks there? */
function strangeSpeech(start: string | undefined): string {
  if (start === undefined) return 'it does not speak HTTP';
  if (start.startsWith('SSH-')) return 'an SSH server answers there, so this is the SSH port';
  if (/^[\u0015\u0016]\u0003/.test(start)) return 'it speaks TLS (https), and the pvr endpoint does not';
  return 'it does not speak HTTP';
}

/** Any failure of an HTTP request as an error for people. */
export function httpProblem(error: unknown, address: Address, unchanged: string): TrailbossError {
  if (error instanceof TrailbossError) return error;
  const network = networkProblem(error, address, service);
  if (network !== undefined) return network;
  if (error instanceof errors.HTTPParserError) {
    const sent = 'data' in error && typeof error.data === 'string' ? error.data : undefined;
    return notADevice(address, strangeSpeech(sent), sent, error);
  }
  switch (errorCodeOf(error)) {
    case 'UND_ERR_HEADERS_TIMEOUT':
      return notAnswering(address, unchanged, 'it took the request and says nothing', error);
    case 'UND_ERR_BODY_TIMEOUT':
      return notAnswering(address, unchanged, 'it stopped in the middle of its reply', error);
    case 'UND_ERR_HEADERS_OVERFLOW':
      return badReply(address, unchanged, 'its headers do not end', undefined, error);
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return badReply(address, unchanged, 'it broke off before its end', undefined, error);
    case 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH':
      return new TrailbossError(
        'LOCAL_STORAGE',
        {
          what: 'A file changed its size while it was being sent.',
          unchanged,
          next: 'Add the file to the draft again.',
        },
        { cause: error },
      );
    default:
      return notAnswering(address, unchanged, 'the connection broke off', error);
  }
}
