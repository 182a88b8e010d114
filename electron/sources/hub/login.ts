import { z } from 'zod';
import { refusalProblem } from './refusal.ts';
import { parseReply } from './reply.ts';
import type { HubWire } from './wire.ts';

const TokenReply = z.object({ token: z.string().nullish() });

const loginMs = 15_000;

/** A token, or `undefined` where the hub does not take what it was given. Throws for every other trouble. */
type TokenAnswer = Promise<string | undefined>;

/**
 * Signs in with a name and a password, or with an API token's name and secret. An empty token with status 200 is a refusal too
 * (hub: auth/authservices/authservices.go, CreateUserToken).
 */
export async function login(wire: HubWire, username: string, password: string, signal: AbortSignal): TokenAnswer {
  const reply = await wire.send(
    { method: 'POST', path: '/auth/login', json: { username, password }, signal, timeoutMs: loginMs },
    undefined,
  );
  if (reply.status === 401) return undefined;
  if (reply.status !== 200) throw refusalProblem(reply, wire.host, { doing: 'to sign in' });
  return parseReply(reply, TokenReply, wire.host).token || undefined;
}

/** Renews a token that still holds: the new one lasts longer, and ends for good a day after the login like the first. */
export async function refresh(wire: HubWire, token: string, signal: AbortSignal): TokenAnswer {
  const reply = await wire.send({ method: 'GET', path: '/auth/login', signal, timeoutMs: loginMs }, token);
  if (reply.status === 401) return undefined;
  if (reply.status !== 200) throw refusalProblem(reply, wire.host, { doing: 'to renew the session' });
  return parseReply(reply, TokenReply, wire.host).token || undefined;
}
