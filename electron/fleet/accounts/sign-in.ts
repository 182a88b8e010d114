import { hostname } from 'node:os';
import type { AccountId, BrowserSignIn, HubAddress } from '../../../shared/contract/hub.ts';
import {
  pkceFinish,
  pkceStart,
  type SignedIn,
  type SignInPorts,
  signInWithPassword,
  signInWithToken,
} from '../../sources/hub/index.ts';
import { openCallback } from './callback.ts';
import { hostOf } from './ports.ts';
import { noPvrSession } from './problems.ts';
import { isUsable, readPvrLogins } from './pvr-sessions.ts';

type Clock = { readonly now: () => number };

/** With a password, which is exchanged for a token at once and kept nowhere. */
export function byPassword(
  address: HubAddress,
  login: { readonly username: string; readonly password: string },
  { now }: Clock,
  signal: AbortSignal,
): Promise<SignedIn> {
  return signInWithPassword(address, login, ports(now, signal));
}

/** With a session that `pvr login` left for this hub. NOT_FOUND where there is none that still holds. */
export async function byPvr(
  address: HubAddress,
  { now, pvrDir }: Clock & { readonly pvrDir: string },
  signal: AbortSignal,
): Promise<SignedIn> {
  const logins = await readPvrLogins(pvrDir);
  const login = logins.find((each) => each.url === address.url && isUsable(each, now()));
  if (!login) throw noPvrSession(hostOf(address.url));
  return signInWithToken(address, login.token, ports(now, signal));
}

/**
 * In the person's browser: first the address to open there, then, when the browser came back from the hub, the account as `keep` names
 * it. Ending the stream or firing the signal gives it up. Throws CANCELLED, LOGIN_REFUSED, and what the hub and `keep` throw.
 */
export async function* byBrowser(
  address: HubAddress,
  { now }: Clock,
  keep: (signedIn: SignedIn) => AccountId,
  signal: AbortSignal,
): AsyncGenerator<BrowserSignIn, void> {
  const callback = await openCallback();
  try {
    const { redirectUri } = callback;
    const { authorizeUrl, state, verifier } = pkceStart(address, redirectUri);
    const coming = callback.code(state, signal);
    // Who gives up before the stream goes on is not there to hear of it.
    coming.catch(() => undefined);
    yield { kind: 'open', address: authorizeUrl };
    const token = await pkceFinish(address, { code: await coming, verifier, redirectUri }, { now, signal });
    yield { kind: 'done', accountId: keep(await signInWithToken(address, token, ports(now, signal))) };
  } finally {
    callback.close();
  }
}

function ports(now: () => number, signal: AbortSignal): SignInPorts {
  return { now, signal, computer: hostname() };
}
