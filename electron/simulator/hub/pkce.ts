/** Signing in in the browser: authorize, the hub's web page, code, token (hub: auth/pkce.go, auth-authorize.go, thirdparty.go). */
import { createHash, randomBytes } from 'node:crypto';
import { accountClaims, endsIn } from './account-claims.ts';
import { bodyJson, type Call, callerOf } from './call.ts';
import { numberOf, type Row, textOf } from './database.ts';
import type { Hub } from './hub.ts';
import { newObjectId } from './ids.ts';
import { isMap, type JsonMap, objectText, quote, stringAt } from './json-text.ts';
import { answer, type Reply, redirect, refuse } from './reply.ts';
import { type Route, route } from './routing.ts';
import { ANY_SCOPE } from './scopes.ts';
import { freshTime } from './times.ts';

const CODE_MS = 300_000;
const FIVE_MINUTES_MS = 300_000;

export function pkceRoutes(hub: Hub): readonly Route[] {
  return [
    route('GET', '/oauth/authorize', ANY_SCOPE, (call) => authorize(hub, call)),
    route('POST', '/oauth/token', ANY_SCOPE, (call) => exchange(hub, call)),
    route('POST', '/code', ANY_SCOPE, (call) => postCode(hub, call)),
    route('POST', '/authorize', ANY_SCOPE, (call) => implicitToken(hub, call)),
  ];
}

/** Sends the browser on to the web page, with the code in a cookie of the API's host and in the URL. */
function authorize(hub: Hub, call: Call): Reply {
  const asked = (name: string): string => call.query.get(name) ?? '';
  const [client, redirectUri, challenge, method] = ['client_id', 'redirect_uri', 'code_challenge', 'code_challenge_method'].map(
    asked,
  );
  if (!client || !redirectUri || !challenge || !method) throw refuse(400, 'invalid_request', 'Missing required PKCE parameters');
  const code = randomBytes(16).toString('hex');
  const expires = hub.now() + CODE_MS;
  hub.database.run('INSERT INTO pkce VALUES (?, ?, ?, ?, ?, 0, ?)', code, challenge, method, redirectUri, '', expires);
  // Only the redirect URI is escaped.
  const page = [
    `${hub.wwwOrigin()}/oauth2/authorize?client_id=${client}&auth_code=${code}`,
    `redirect_uri=${encodeURIComponent(redirectUri)}`,
    `state=${asked('state')}&scope=${asked('scope')}&response_type=${asked('response_type') || 'code'}`,
  ].join('&');
  const end = new Date(expires).toUTCString();
  const cookie = (name: string, value: string): string => `${name}=${value}; Path=/; Expires=${end}; HttpOnly; SameSite=Lax`;
  return { ...redirect(307, page), cookies: [cookie('pkce_auth_code', code), cookie('pkce_redirect_uri', redirectUri)] };
}

/** The code's field is `access-code`. Once, within five minutes, with the verifier of the challenge. */
async function exchange(hub: Hub, call: Call): Promise<Reply> {
  const body = await bodyJson(call);
  if (!isMap(body)) throw refuse(400, 'invalid_request', 'Invalid request payload');
  if (stringAt(body, 'grant_type') !== 'authorization_code') {
    throw refuse(400, 'unsupported_grant_type', 'The grant type is not supported');
  }
  const row = grant(hub, stringAt(body, 'access-code'));
  if (!row) throw refuse(400, 'invalid_grant', 'Authorization code is invalid or expired');
  if (numberOf(row, 'used') !== 0 || hub.now() > numberOf(row, 'expires')) {
    forget(hub, row);
    throw refuse(400, 'invalid_grant', 'Authorization code already used or expired');
  }
  if (textOf(row, 'redirect_uri') !== stringAt(body, 'redirect_uri')) {
    throw refuse(400, 'invalid_redirect_uri', 'Provided redirect_uri does not match the one in the authorization request');
  }
  if (textOf(row, 'method') !== 'S256') throw refuse(400, 'invalid_request', 'Unsupported code challenge method');
  const challenge = createHash('sha256').update(stringAt(body, 'code_verifier')).digest('base64url');
  if (challenge !== textOf(row, 'challenge')) throw refuse(400, 'invalid_grant', 'Code verifier is invalid');

  hub.database.run('UPDATE pkce SET used = 1 WHERE code = ?', textOf(row, 'code'));
  const account = hub.accounts.byPrn(textOf(row, 'prn'));
  if (!account) throw refuse(500, 'mongo: no documents in result', 'Failed to retrieve account information');
  forget(hub, row);
  const claims = { ...accountClaims(account), orig_iat: Math.floor(hub.now() / 1000), exp: endsIn(hub, hub.lifetimes.short) };
  return answer(objectText({ token: quote(await hub.tokens.sign(claims)), token_type: '"bearer"' }));
}

function grant(hub: Hub, code: string): Row | undefined {
  return hub.database.get('SELECT * FROM pkce WHERE code = ?', code);
}

function forget(hub: Hub, row: Row): void {
  hub.database.run('DELETE FROM pkce WHERE code = ?', textOf(row, 'code'));
}

const GONE = ['pkce_redirect_uri', 'pkce_auth_code'].map(
  (name) => `${name}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; SameSite=Lax`,
);

async function postCode(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (caller.type !== 'USER') throw refuse(403, "only USER's can request access codes");
  const body = await bodyJson(call);
  if (!isMap(body)) throw refuse(500, 'invalid character');
  if (stringAt(body, 'service') === '') throw refuse(400, 'unknown service id');
  const given = await giveCode(hub, call, caller.prn, body);
  return { ...answer(objectText({ code: quote(given.code), redirect_uri: quote(given.redirectUri) })), cookies: given.cookies };
}

export interface GivenCode {
  readonly code: string;
  /** Where the browser goes with it. */
  readonly redirectUri: string;
  readonly cookies: readonly string[];
}

/**
 * Binds the account to the code in the cookies. Where they are missing, or the callback is none on this computer under `/callback`,
 * it is a token of the older kind, which /auth/oauth/token does not take.
 */
export async function giveCode(hub: Hub, call: Call, prn: string, request: JsonMap): Promise<GivenCode> {
  const cookies = cookiesOf(call.headers.cookie ?? '');
  const row = grant(hub, cookies.get('pkce_auth_code') ?? '');
  const bound = row !== undefined && isLocalCallback(cookies.get('pkce_redirect_uri') ?? '');
  if (bound) hub.database.run('UPDATE pkce SET prn = ? WHERE code = ?', prn, textOf(row, 'code'));
  const code = bound ? textOf(row, 'code') : await accessCode(hub, prn, request);
  const back = new URLSearchParams({ code, state: stringAt(request, 'state') });
  return { code, redirectUri: `${stringAt(request, 'redirect_uri')}?${back}`, cookies: bound ? GONE : [] };
}

/** Its end is a text, which makes it endless for the hub itself. */
function accessCode(hub: Hub, prn: string, request: JsonMap): Promise<string> {
  const account = hub.accounts.byPrn(prn);
  return hub.tokens.sign({
    approver_prn: prn,
    approver_nick: account?.nick ?? '',
    approver_roles: 'user',
    approver_type: 'USER',
    service: stringAt(request, 'service'),
    scopes: stringAt(request, 'scopes'),
    exp: freshTime(hub.now() + FIVE_MINUTES_MS),
  });
}

/** hub: auth/thirdparty.go, isValidCallbackURL */
function isLocalCallback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const local = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  return /^https?:$/.test(url.protocol) && local && url.pathname.startsWith('/callback');
}

function cookiesOf(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

/** A token for an application at once; its end is a text, and it cannot be refreshed (hub: auth/auth-authorize.go). */
async function implicitToken(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  const body = await bodyJson(call);
  const account = hub.accounts.byPrn(caller.prn);
  if (!isMap(body) || !account || stringAt(body, 'service') === '') throw refuse(400, 'error decoding token request');
  const scopes = stringAt(body, 'scopes');
  const claims = { ...accountClaims(account), token_id: newObjectId(hub.now()), aud: stringAt(body, 'service'), scopes };
  const token = await hub.tokens.sign({ ...claims, exp: freshTime(hub.now() + hub.lifetimes.login) });
  const fragment = new URLSearchParams({
    access_token: token,
    expires_in: String(Math.floor(hub.lifetimes.login / 1000)),
    scope: scopes,
    state: stringAt(body, 'state'),
    token_type: 'bearer',
  });
  return answer(
    objectText({
      token: quote(token),
      redirect_uri: quote(`${stringAt(body, 'redirect_uri')}#${fragment}`),
      token_type: '"bearer"',
      ...(scopes === '' ? {} : { scopes: quote(scopes) }),
    }),
  );
}
