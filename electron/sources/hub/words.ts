import { type ErrorCode, TrailbossError } from '../../../shared/contract/errors.ts';
import { rawOf } from '../../net/raw.ts';
import type { WebFailure } from '../../net/web-failure.ts';
import type { HubStep } from './hub.ts';

/** What is left as it was when asking a hub fails; a caller that writes says something better. */
export const nothingChanged = 'Nothing was changed on the hub.';

export function hubError(
  code: ErrorCode,
  sentences: {
    readonly what: string;
    readonly unchanged?: string | undefined;
    readonly next: string;
    readonly raw?: string | undefined;
  },
  cause?: unknown,
): TrailbossError {
  const { what, unchanged = nothingChanged, next, raw } = sentences;
  return new TrailbossError(code, { what, unchanged, next, ...rawOf(raw) }, { cause });
}

/** Somebody has the number that was ours to take. pvr names nobody, and the hub adds no name (hub: trails/post-trail-steps.go). */
export function quickerWords(step: Pick<HubStep, 'revision' | 'message' | 'committer'>): string {
  const which = `${step.revision}${step.message === '' ? '' : ` “${step.message}”`} is on the hub already`;
  if (step.committer !== undefined) return `${step.committer} was quicker: revision ${which}.`;
  return `Revision ${which}. Who posted it gave no name, as pvr does not.`;
}

/** An exchange with a hub (or with a store that it signs addresses of) that came to nothing, for people. */
export function webProblem(failure: WebFailure, host: string, unchanged = nothingChanged): TrailbossError {
  const { detail } = failure;
  switch (failure.kind) {
    case 'unreachable':
      return hubError(
        'UNREACHABLE',
        {
          what: `${host} can’t be reached: ${detail}.`,
          unchanged,
          next: 'Check the address and this computer’s network. The hub is asked again by itself.',
        },
        failure,
      );
    case 'untrusted':
      return certificateProblem(detail, host, unchanged, failure);
    case 'silent':
    case 'broken':
      return hubError(
        'NOT_ANSWERING',
        {
          what: `${host} is not answering: ${detail}.`,
          unchanged,
          next: 'Check this computer’s network. The hub is asked again by itself.',
        },
        failure,
      );
    case 'truncated':
    case 'endless':
      return badReply(host, detail, unchanged, failure);
    case 'not-http':
      return notAHub(host, detail, unchanged, failure);
    case 'file-changed':
      return hubError(
        'LOCAL_STORAGE',
        { what: 'A file changed its size while it was being sent.', unchanged, next: 'Add the file to the draft again.' },
        failure,
      );
  }
}

/** A reply that can't be used. The reply itself is never shown: a list of devices has their secrets in it. */
export function badReply(host: string, detail: string, unchanged = nothingChanged, cause?: unknown): TrailbossError {
  return hubError(
    'BAD_REPLY',
    {
      what: `The reply of ${host} can’t be used: ${detail}.`,
      unchanged,
      next: 'Try again. If it stays, something between this computer and the hub changes what it sends.',
    },
    cause,
  );
}

/** A hub that is there and does nothing but fail. */
export function onlyErrors(host: string): TrailbossError {
  return hubError('NOT_ANSWERING', {
    what: `${host} answers whatever it is asked with an error of its own.`,
    unchanged: nothingChanged,
    next: 'It is asked again by itself. If it stays, the hub’s operator has to look at it.',
  });
}

export function notAHub(host: string, detail: string, unchanged = nothingChanged, cause?: unknown): TrailbossError {
  return hubError(
    'NOT_A_HUB',
    {
      what: `What answers at ${host} is no Pantacor Hub: ${detail}.`,
      unchanged,
      next: 'Check the address: it is that of the hub’s API, such as https://api.pantahub.com. A network that asks for a login of its own answers like this too.',
    },
    cause,
  );
}

export function sessionEnded(host: string, detail: string, cause?: unknown): TrailbossError {
  return hubError(
    'SESSION_ENDED',
    {
      what: `${host} does not take this account’s session any more: ${detail}.`,
      unchanged: 'What is known of its devices stays on the screen.',
      next: 'Sign in again in the settings.',
    },
    cause,
  );
}

const certificateReasons: Readonly<Record<string, readonly [what: string, next: string]>> = {
  CERT_HAS_EXPIRED: [
    'its certificate has expired',
    'Check this computer’s date. If it is right, the hub’s operator has to renew the certificate.',
  ],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'Check this computer’s date and time.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another name',
    'Use the name that the certificate is for. If you did, somebody may be between you and the hub.',
  ],
  HOSTNAME_MISMATCH: [
    'its certificate is for another name',
    'Use the name that the certificate is for. If you did, somebody may be between you and the hub.',
  ],
  CERT_REVOKED: ['its certificate was revoked', 'Ask the hub’s operator.'],
};

const foreignAuthority = [
  'its certificate is signed by nobody whom this computer trusts',
  'If it is a hub of your own, add the certificate of its authority (a PEM file) to the address. If not, somebody may be between you and the hub.',
] as const;

function certificateProblem(code: string, host: string, unchanged: string, cause: unknown): TrailbossError {
  const [reason, next] = certificateReasons[code] ?? foreignAuthority;
  return hubError(
    'UNTRUSTED_CERTIFICATE',
    { what: `${host} is not to be trusted: ${reason}.`, unchanged, next, raw: code },
    cause,
  );
}
