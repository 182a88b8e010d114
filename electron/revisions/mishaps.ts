import type { ErrorCode } from '../../shared/contract/errors.ts';

/** These pass: the update goes on by itself when the device answers again, or when the person has let it in. */
export const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNREACHABLE',
  'NOT_ANSWERING',
  'DEVICE_BUSY',
  'BAD_REPLY',
  'WAY_MISSING',
  'LOGIN_REFUSED',
  'PASSPHRASE_NEEDED',
  'HOST_KEY_UNKNOWN',
  'HOST_KEY_CHANGED',
  'LOCAL_STORAGE',
  'SESSION_ENDED',
  'SECRETS_LOCKED',
  'UNTRUSTED_CERTIFICATE',
]);
/** After these nobody knows whether the device took what was sent; after any other it said no, or was not asked. */
export const inDoubt: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNREACHABLE',
  'NOT_ANSWERING',
  'BAD_REPLY',
  'CANCELLED',
  'INTERNAL',
]);
/** The person has to sign in or to unlock something; it goes on at once then. */
export const needsLogin: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SESSION_ENDED',
  'SECRETS_LOCKED',
  'LOGIN_REFUSED',
  'PASSPHRASE_NEEDED',
  'HOST_KEY_UNKNOWN',
  'WAY_MISSING',
]);
