import type { WayStatus } from '../../shared/contract/connection.ts';
import type { Meaning } from './meaning.ts';

/** One way to a device in a word, and what it stands for. */
export function wayWord(way: WayStatus): { readonly word: string; readonly meaning: Meaning } {
  switch (way.kind) {
    case 'not-configured':
      return { word: 'not set up', meaning: 'none' };
    case 'connecting':
      return { word: 'connecting', meaning: 'silent' };
    case 'open':
      return { word: 'open', meaning: 'ok' };
    case 'silent':
      return { word: 'not answering', meaning: 'silent' };
    case 'blocked':
      return { word: blockedWord(way.problem.code), meaning: 'blocked' };
  }
}

function blockedWord(code: string): string {
  switch (code) {
    case 'HOST_KEY_UNKNOWN':
      return 'host key not accepted yet';
    case 'HOST_KEY_CHANGED':
      return 'host key changed';
    case 'LOGIN_REFUSED':
      return 'login refused';
    case 'SESSION_ENDED':
      return 'signed out';
    case 'SECRETS_LOCKED':
      return 'locked';
    case 'PASSPHRASE_NEEDED':
      return 'passphrase needed';
    default:
      return 'blocked';
  }
}
