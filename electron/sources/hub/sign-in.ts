import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubAddress } from '../../../shared/contract/hub.ts';
import { UserReply } from './account.ts';
import type { HubCredential, HubUser } from './hub.ts';
import { readClaims } from './jwt.ts';
import { login } from './login.ts';
import { refusalProblem } from './refusal.ts';
import { parseReply } from './reply.ts';
import { HubWire } from './wire.ts';
import { Instant } from './wire-values.ts';
import { hubError } from './words.ts';

/** Short names are not understood here: they end in an error 500 (hub: utils/scopes.go, ParseScopes). */
const allRights = 'prn:pantahub.com:apis:/base/all';
/** How long after its login a session can be renewed (hub: PANTAHUB_JWT_MAX_REFRESH_MINUTES). */
const sessionMs = 24 * 60 * 60_000;

export interface SignInPorts {
  readonly now: () => number;
  /** This computer's name, by which the person finds the token in a list. */
  readonly computer: string;
  readonly signal: AbortSignal;
}

export interface SignedIn {
  readonly user: HubUser;
  readonly credential: HubCredential;
}

const TokenReply = z.object({ id: z.string().min(1), name: z.string().min(1), secret: z.string().min(1), 'expire-at': Instant });

/**
 * Signs in with a name (or e-mail address) and a password, and gets a personal API token for it at once; the password is not needed
 * any more then. Throws LOGIN_REFUSED, and what keeps the hub from answering.
 */
export async function signInWithPassword(
  address: HubAddress,
  { username, password }: { readonly username: string; readonly password: string },
  ports: SignInPorts,
): Promise<SignedIn> {
  return withWire(address, ports, async (wire) => {
    const token = await login(wire, username, password, ports.signal);
    if (token !== undefined) return signedIn(wire, token, ports);
    throw hubError('LOGIN_REFUSED', {
      what: `${wire.host} does not take this user name and password.`,
      next: 'Check both. A new account has to be confirmed first by the link in the hub’s e-mail.',
    });
  });
}

/** The same from a session that a browser or `pvr login` began. */
export async function signInWithToken(address: HubAddress, token: string, ports: SignInPorts): Promise<SignedIn> {
  return withWire(address, ports, (wire) => signedIn(wire, token, ports));
}

async function withWire<T>(address: HubAddress, ports: SignInPorts, work: (wire: HubWire) => Promise<T>): Promise<T> {
  const wire = new HubWire(address, ports.now);
  try {
    return await work(wire);
  } finally {
    await wire.close();
  }
}

async function signedIn(wire: HubWire, token: string, ports: SignInPorts): Promise<SignedIn> {
  const { signal } = ports;
  const reply = await wire.send({ method: 'GET', path: '/auth/', signal }, token);
  if (reply.status === 401) {
    throw hubError('LOGIN_REFUSED', { what: `${wire.host} does not take this session any more.`, next: 'Sign in anew.' });
  }
  if (reply.status !== 200) throw refusalProblem(reply, wire.host, { doing: 'to tell who is signed in' });
  const user = parseReply(reply, UserReply, wire.host);
  return { user, credential: (await apiToken(wire, token, ports)) ?? session(wire, token) };
}

/**
 * A token that signs in again and again for a year. Of type USER: others may not cancel or give up revisions (hub:
 * trails/put-trail-rev-cancel.go), and a login with it has the token's type (hub: auth/authservices/authservices.go, CreateUserToken).
 * undefined where the hub has none, or gives one that does not work.
 */
async function apiToken(wire: HubWire, token: string, ports: SignInPorts): Promise<HubCredential | undefined> {
  const { signal } = ports;
  const computer = ports.computer.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40) || 'computer';
  const name = `trailboss-${computer}-${randomBytes(4).toString('hex')}`;
  const json = { name, type: 'USER', scopes: [allRights] };
  const reply = await wire.send({ method: 'POST', path: '/tokens/', json, signal }, token);
  if (reply.status !== 200) return undefined;
  const made = TokenReply.safeParse(parseReply(reply, z.unknown(), wire.host));
  if (!made.success) return undefined;
  const { id, secret, 'expire-at': endsAt } = made.data;
  const works = await worksAsUser(wire, made.data.name, secret, signal);
  if (works) return { kind: 'api-token', id, name: made.data.name, secret, endsAt };
  await wire.send({ method: 'DELETE', path: `/tokens/${encodeURIComponent(id)}`, signal }, token);
  return undefined;
}

async function worksAsUser(wire: HubWire, name: string, secret: string, signal: AbortSignal): Promise<boolean> {
  try {
    const token = await login(wire, name, secret, signal);
    return token !== undefined && readClaims(token)?.type === 'USER';
  } catch (error) {
    if (error instanceof TrailbossError && error.code === 'REFUSED_BY_HUB') return false;
    throw error;
  }
}

/** Without a login time in it a session can't be renewed, and ends when it says. */
function session(wire: HubWire, token: string): HubCredential {
  const claims = readClaims(token);
  const now = wire.clock.now();
  const endsAt = claims?.since === undefined ? (claims?.endsAt ?? now + sessionMs) : claims.since + sessionMs;
  return { kind: 'session', token, endsAt };
}
