import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { HubAddress } from '../../../shared/contract/hub.ts';
import { readRefusal, refusalProblem } from './refusal.ts';
import { parseReply } from './reply.ts';
import type { SignInPorts } from './sign-in.ts';
import { HubWire } from './wire.ts';
import { hubError } from './words.ts';

/** The hub's built-in account for programs on a person's own computer: it may send to `http://localhost…` (hub: accountsdata). */
const clientId = 'prn:pantahub.com:auth:/client1';
const scope = 'prn:pantahub.com:apis:/base/all';

export interface PkceSignIn {
  /** To open in the person's browser. */
  readonly authorizeUrl: string;
  /** Comes back with the code, and has to be the same. */
  readonly state: string;
  /** Proves at the end that it is us who began; a secret. */
  readonly verifier: string;
}

/**
 * Begins a sign-in by browser. `redirectUri` is where the code arrives: `http://localhost:<port>/callback`; the hub takes no other
 * path, and only localhost or 127.0.0.1 (hub: auth/thirdparty.go, isValidCallbackURL).
 */
export function pkceStart(address: HubAddress, redirectUri: string): PkceSignIn {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    scope,
    response_type: 'code',
  });
  return { authorizeUrl: `${new URL(address.url).origin}/auth/oauth/authorize?${query}`, state, verifier };
}

const TokenReply = z.object({ token: z.string().min(1) });

/** Exchanges the code (five minutes, once) for a session's token, for `signInWithToken`. LOGIN_REFUSED when the hub does not take it. */
export async function pkceFinish(
  address: HubAddress,
  grant: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
  ports: Pick<SignInPorts, 'now' | 'signal'>,
): Promise<string> {
  const wire = new HubWire(address, ports.now);
  try {
    const json = {
      grant_type: 'authorization_code',
      // Not `code`, as elsewhere (hub: auth/authmodels/authmodels.go).
      'access-code': grant.code,
      code_verifier: grant.verifier,
      redirect_uri: grant.redirectUri,
    };
    const reply = await wire.send({ method: 'POST', path: '/auth/oauth/token', json, signal: ports.signal }, undefined);
    if (reply.status === 400 || reply.status === 401) {
      throw hubError('LOGIN_REFUSED', {
        what: `${wire.host} does not take the sign-in from the browser: ${readRefusal(reply).message ?? 'it gives no reason'}.`,
        next: 'Start the sign-in anew; it has to be finished within five minutes.',
      });
    }
    if (reply.status !== 200) throw refusalProblem(reply, wire.host, { doing: 'to sign in' });
    return parseReply(reply, TokenReply, wire.host).token;
  } finally {
    await wire.close();
  }
}
