/** What a token says about an account, and when it ends. */
import type { Account } from './account-records.ts';
import type { Hub } from './hub.ts';
import { ALL_SCOPES } from './scopes.ts';

/** Seconds since 1970 at which a token ends that lasts so many milliseconds. Whole ones, as real tokens, unless it lasts less. */
export function endsIn(hub: Hub, lifetime: number): number {
  const end = (hub.now() + lifetime) / 1000;
  return lifetime < 60_000 ? end : Math.floor(end);
}

export function accountClaims(account: Account): Record<string, string> {
  return {
    id: account.prn,
    nick: account.nick,
    prn: account.prn,
    roles: account.type.toLowerCase(),
    type: account.type,
    scopes: ALL_SCOPES,
  };
}
