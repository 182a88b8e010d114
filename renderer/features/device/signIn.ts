import type { ErrorCode } from '../../../shared/contract/errors.ts';

/** What a person can do in the settings about a hub account that is not open; undefined where it is none of that. */
export function needsPerson(code: ErrorCode): 'sign-in' | 'unlock' | undefined {
  switch (code) {
    case 'SESSION_ENDED':
    case 'LOGIN_REFUSED':
      return 'sign-in';
    case 'SECRETS_LOCKED':
      return 'unlock';
    default:
      return undefined;
  }
}
