import type { HubAccount } from '../../../shared/contract/hub.ts';
import { strings } from '../../strings/hub.ts';
import type { Meaning } from '../../ui/meaning.ts';

/** An account as people read it: nick and host. */
export function accountName({ nick, url }: Pick<HubAccount, 'nick' | 'url'>): string {
  return `${nick} · ${URL.parse(url)?.host ?? url}`;
}

const meaningOf: { readonly [K in HubAccount['status']['kind']]: Meaning } = {
  connecting: 'moving',
  open: 'ok',
  silent: 'silent',
  'signed-out': 'blocked',
  locked: 'blocked',
};

/** Whether an account can be used, in a word, and what that stands for. */
export function accountStatus({ status }: Pick<HubAccount, 'status'>): { readonly word: string; readonly meaning: Meaning } {
  return { word: strings.status[status.kind], meaning: meaningOf[status.kind] };
}

/** What the accounts keep waiting for: the ones to sign in to again, and whether the passphrase file is to be unlocked. */
export function waitingForPerson(accounts: readonly HubAccount[]): {
  readonly signedOut: readonly HubAccount[];
  readonly locked: boolean;
} {
  return {
    signedOut: accounts.filter(({ status }) => status.kind === 'signed-out'),
    locked: accounts.some(({ status }) => status.kind === 'locked'),
  };
}
