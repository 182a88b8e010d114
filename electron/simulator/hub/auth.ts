/** /auth: login, refresh, accounts, sessions (hub: auth/). */
import { randomBytes } from 'node:crypto';
import { accountClaims, endsIn } from './account-claims.ts';
import type { Account } from './account-records.ts';
import { bodyJson, bodyMap, type Call, callerOf } from './call.ts';
import type { Hub } from './hub.ts';
import { isMap, objectText, quote, stringAt } from './json-text.ts';
import { answerLogin } from './login.ts';
import { answer, type Reply, refuse, restError } from './reply.ts';
import { type Mount, type Route, route } from './routing.ts';
import { ANY_SCOPE } from './scopes.ts';
import { freshTime, storedTime } from './times.ts';

const OPEN: ReadonlySet<string> = new Set([
  ...['GET /login', 'POST /login', 'PUT /login', 'POST /accounts', 'POST /sessions', 'GET /verify'],
  ...['POST /recover', 'POST /password', 'POST /oauth/token', 'GET /oauth/authorize'],
]);

/** @param pkce the routes of the browser login, where this hub has it */
export function authMount(hub: Hub, pkce: readonly Route[]): Mount {
  return {
    prefix: '/auth',
    style: 'indented',
    gate: (method, path) => (OPEN.has(`${method} ${path}`) ? 'open' : 'token'),
    routes: [
      route('GET', '/', ANY_SCOPE, (call) => ownAccount(hub, call)),
      route('POST', '/login', ANY_SCOPE, (call) => login(hub, call)),
      route('GET', '/login', ANY_SCOPE, (call) => refresh(hub, call)),
      route('GET', '/auth_status', ANY_SCOPE, (call) => answer(JSON.stringify(callerOf(call).all))),
      route('GET', '/accounts', ANY_SCOPE, (call) => listAccounts(hub, call)),
      route('POST', '/accounts', ANY_SCOPE, (call) => createAccount(hub, call)),
      route('POST', '/sessions', ANY_SCOPE, () => createSession(hub)),
      route('GET', '/verify', ANY_SCOPE, (call) => verifyAccount(hub, call)),
      route('POST', '/recover', ANY_SCOPE, (call) => recover(hub, call)),
      ...pkce,
    ],
  };
}

/** hub: auth/login.go */
async function login(hub: Hub, call: Call): Promise<Reply> {
  if (!call.headers['user-agent']) {
    throw refuse(403, 'No Access (DOS) - no UserAgent', 'Incompatible Client; upgrade pantavisor');
  }
  const body = await bodyJson(call);
  if (!isMap(body)) throw refuse(400, 'Failed to decode token Request');
  return answerLogin(hub, stringAt(body, 'username'), stringAt(body, 'password'), stringAt(body, 'scope'));
}

/** A token that still holds gives a new one; how long ago the login was stays, and ends it (go-json-rest-middleware-jwt). */
async function refresh(hub: Hub, call: Call): Promise<Reply> {
  const [scheme, token] = (call.headers.authorization ?? '').split(' ');
  const claims = scheme === 'Bearer' && token ? await hub.tokens.verify(token) : undefined;
  if (!claims) throw unauthorized(hub);
  const { orig_iat: since } = claims;
  if (typeof since !== 'number') throw restError(500, 'interface conversion: interface {} is nil, not float64');
  if (since * 1000 < hub.now() - hub.lifetimes.refresh) throw unauthorized(hub);
  return answer(objectText({ token: quote(await hub.tokens.sign({ ...claims, exp: endsIn(hub, hub.lifetimes.login) })) }));
}

/** 401 with the challenge that says where to log in (hub: base/init.go). */
export function unauthorized(hub: Hub, method = 'GET', path = '/'): ReturnType<typeof restError> {
  const foreign = hub.faults.strikes('foreign-ph-aeps', { method, path }) !== undefined;
  const place = foreign ? 'https://hub.example.net/auth' : `${hub.origin()}/auth`;
  return restError(401, 'Not Authorized', { 'WWW-Authenticate': `JWT realm="pantahub services", ph-aeps="${place}"` });
}

function accountText(account: Account, times: { readonly created: string; readonly modified: string }): string {
  return objectText({
    type: quote(account.type),
    email: quote(account.email),
    nick: quote(account.nick),
    prn: quote(account.prn),
    'time-created': quote(times.created),
    'time-modified': quote(times.modified),
  });
}

const stored = (account: Account): string =>
  accountText(account, { created: storedTime(account.created), modified: storedTime(account.modified) });

function ownAccount(hub: Hub, call: Call): Reply {
  const account = hub.accounts.byPrn(callerOf(call).prn);
  if (!account) throw refuse(500, 'Account mongo: no documents in result');
  return answer(stored(account));
}

function listAccounts(hub: Hub, call: Call): Reply {
  if (call.query.get('asadmin')) throw refuse(403, 'user has no admin role');
  const account = hub.accounts.byPrn(callerOf(call).prn);
  return answer(account ? `[${stored(account)}]` : '[]');
}

async function createAccount(hub: Hub, call: Call): Promise<Reply> {
  const body = await bodyMap(call);
  const [email, nick, password] = [stringAt(body, 'email'), stringAt(body, 'nick'), stringAt(body, 'password')];
  if (email === '' || nick === '' || password === '')
    throw refuse(412, 'Accounts must have an email address, a password and a nick');
  if (nick.length < 3 || nick.length > 23) throw refuse(412, 'Accounts must have a a valid nick');
  const challenge = randomBytes(8).toString('hex');
  const account = hub.accounts.add({ nick, email, password, challenge });
  if (!account) throw refuse(412, '<nil>', 'Email or Nick already in use');
  const now = freshTime(account.created);
  return answer(accountText(account, { created: now, modified: now }));
}

function verifyAccount(hub: Hub, call: Call): Reply {
  const account = hub.accounts.byId(call.query.get('id') ?? '');
  if (!account) throw refuse(403, 'Not Accessible Resource Id');
  if (account.challenge === '' || account.challenge !== call.query.get('challenge')) throw refuse(412, 'Invalid Challenge');
  hub.accounts.activate(account);
  return answer(stored(account));
}

async function recover(hub: Hub, call: Call): Promise<Reply> {
  const email = stringAt(await bodyMap(call), 'email');
  if (email === '') throw refuse(412, 'Email is required');
  if (!hub.accounts.find(email)) throw refuse(404, "Email don't exist");
  return answer('true');
}

/** An anonymous account of its own, which may write (hub: auth/auth-api.go, handlePostSession). */
async function createSession(hub: Hub): Promise<Reply> {
  const name = `__SESSION__${randomBytes(12).toString('hex')}`;
  const password = randomBytes(24).toString('hex');
  const account = hub.accounts.add({ nick: name, email: `${name}@sessions.mail.pantahub.com`, password, type: 'SESSION' });
  if (!account) throw refuse(500, 'duplicate key');
  const claims = { ...accountClaims(account), id: account.nick, orig_iat: Math.floor(hub.now() / 1000) };
  return answer(objectText({ token: quote(await hub.tokens.sign({ ...claims, exp: endsIn(hub, hub.lifetimes.login) })) }));
}
