/** Who a user name and a password are, and the token that says so (hub: auth/authservices/authservices.go). */

import { accountClaims, endsIn } from './account-claims.ts';
import { type ApiToken, findApiToken } from './api-tokens.ts';
import type { Hub } from './hub.ts';
import { idOfPrn, newObjectId } from './ids.ts';
import { type JsonMap, objectText, quote } from './json-text.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { ALL_SCOPES, requestedScopes, SCOPE_PREFIX } from './scopes.ts';

const ANONYMOUS = 'prn:pantahub.com:auth:/anon';

/** `{"token": …}`, or 401. */
export async function answerLogin(hub: Hub, username: string, password: string, scope: string): Promise<Reply> {
  if (username === ANONYMOUS) {
    const scopes = requestedScopes(scope, '.readonly');
    return tokenReply(
      await hub.tokens.sign({ ...anonymousClaims(hub), ...(scopes.length > 0 ? { scopes: scopes.join(' ') } : {}) }),
    );
  }
  const claims = claimsFor(hub, username, password);
  if (!claims) throw refuse(401, 'Authentication Failed');

  const tokenId = tokenIdIn(password);
  const token = tokenId === undefined ? undefined : findApiToken(hub, tokenId);
  // A right password that happens to look like a token's secret: the lookup fails, and so does the answer (CreateUserToken).
  if (tokenId !== undefined && !token) return tokenReply('');

  const since = Math.floor(hub.now() / 1000);
  const held = token && holds(hub, token) ? token : undefined;
  const scopes = held ? held.scopes : requestedScopes(scope);
  return tokenReply(
    await hub.tokens.sign({
      ...claims,
      id: username,
      ...(held ? tokenClaims(held) : {}),
      ...(scopes.length > 0 ? { scopes: scopes.join(' ') } : {}),
      orig_iat: since,
      exp: endsIn(hub, held ? hub.lifetimes.short : hub.lifetimes.login),
    }),
  );
}

/** Anyone may be anonymous: an account of its own each time that owns nothing. */
export function anonymousClaims(hub: Hub): JsonMap {
  const nick = `anon-${newObjectId(hub.now())}`;
  const prn = `prn:pantahub.com:auth:/${nick}`;
  const since = Math.floor(hub.now() / 1000);
  const scopes = `${SCOPE_PREFIX}all.readonly`;
  return { id: prn, nick, prn, roles: 'user', type: 'USER', scopes, orig_iat: since, exp: endsIn(hub, hub.lifetimes.short) };
}

function tokenReply(token: string): Reply {
  return answer(objectText({ token: quote(token) }));
}

/** The claims of whom these belong to; an API token's own come later. Undefined where they are wrong. */
function claimsFor(hub: Hub, username: string, password: string): JsonMap | undefined {
  if (username === '' || password === '') return undefined;
  if (username.startsWith('prn:::devices:')) return deviceClaims(hub, username, password);
  const account = hub.accounts.find(username);
  const tokenId = tokenIdIn(password);
  const token = tokenId === undefined ? undefined : findApiToken(hub, tokenId);
  if (token && holds(hub, token) && token.secret === password && token.name === username) {
    return account ? accountClaims(account) : {};
  }
  if (account?.challenge !== '' || !hub.accounts.passwordIs(account, password)) return undefined;
  return accountClaims(account);
}

/** The owner is the one the device has now: a device that is claimed later must log in again. */
function deviceClaims(hub: Hub, username: string, password: string): JsonMap | undefined {
  const device = hub.devices.get(idOfPrn(username));
  if (!device || device.garbage || device.secret !== password) return undefined;
  const { prn, nick, owner } = device;
  return { id: prn, nick, roles: 'device', type: 'DEVICE', prn, owner, scopes: ALL_SCOPES };
}

function tokenClaims(token: ApiToken): JsonMap {
  return { nick: token.name, prn: token.owner, roles: token.type.toLowerCase(), type: token.type };
}

function holds(hub: Hub, token: ApiToken): boolean {
  return !token.deleted && Math.floor(token.expires / 1000) > Math.floor(hub.now() / 1000);
}

/** The id of the token that a password is made of: unpadded base64 of `<id>:<random>`. */
function tokenIdIn(password: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+$/.test(password) || password.length % 4 === 1) return undefined;
  const text = Buffer.from(password, 'base64').toString('latin1');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : text.slice(0, colon);
}
