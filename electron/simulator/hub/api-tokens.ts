/** /tokens/: API tokens, a person's stand-in for the password (hub: tokens/). */
import { randomBytes } from 'node:crypto';
import { type Call, callerOf, param, strictBodyMap } from './call.ts';
import { isDuplicate, numberOf, type Row, textOf } from './database.ts';
import type { Hub } from './hub.ts';
import { isObjectId, newObjectId, petName } from './ids.ts';
import { objectText, parseJson, quote, stringAt } from './json-text.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { ANY_SCOPE, tokenScopes } from './scopes.ts';
import { freshTime, storedTime } from './times.ts';

export interface ApiToken {
  readonly id: string;
  readonly owner: string;
  /** The user name to log in with. */
  readonly name: string;
  readonly type: string;
  /** The password to log in with. */
  readonly secret: string;
  readonly scopes: readonly string[];
  readonly deleted: boolean;
  readonly expires: number;
  readonly created: number;
  readonly modified: number;
}

const YEAR_MS = 365 * 24 * 3600_000;

export function apiTokensMount(hub: Hub): Mount {
  return {
    prefix: '/tokens',
    style: 'plain',
    gate: () => 'token',
    routes: [
      route('GET', '/', ANY_SCOPE, (call) => list(hub, call)),
      route('POST', '/', ANY_SCOPE, (call) => create(hub, call)),
      route('GET', '/:id', ANY_SCOPE, (call) => get(hub, call)),
      route('DELETE', '/:id', ANY_SCOPE, (call) => remove(hub, call)),
    ],
  };
}

export function findApiToken(hub: Hub, id: string): ApiToken | undefined {
  const row = isObjectId(id) ? hub.database.get('SELECT * FROM auth_tokens WHERE id = ?', id.toLowerCase()) : undefined;
  return row ? tokenOf(row) : undefined;
}

function tokenOf(row: Row): ApiToken {
  const scopes = parseJson(textOf(row, 'scopes'));
  return {
    id: textOf(row, 'id'),
    owner: textOf(row, 'owner'),
    name: textOf(row, 'name'),
    type: textOf(row, 'type'),
    secret: textOf(row, 'secret'),
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
    deleted: numberOf(row, 'deleted_at') !== 0,
    expires: numberOf(row, 'expires'),
    created: numberOf(row, 'created'),
    modified: numberOf(row, 'modified'),
  };
}

function tokenText(token: ApiToken, secret: string, time: (ms: number) => string): string {
  return objectText({
    'time-created': quote(time(token.created)),
    'time-modified': quote(time(token.modified)),
    id: quote(token.id),
    name: quote(token.name),
    type: quote(token.type),
    prn: quote(`prn:::auth-tokens:/${token.id}`),
    owner: quote(token.owner),
    ...(secret === '' ? {} : { secret: quote(secret) }),
    ...(token.scopes.length === 0 ? {} : { scopes: JSON.stringify(token.scopes) }),
    deleted: String(token.deleted),
    'expire-at': quote(time(token.expires)),
  });
}

/** Only the type USER may: an API token can make no other. */
function userOf(call: Call): string {
  const caller = callerOf(call);
  if (caller.type !== 'USER') throw refuse(403, "Type of user can't realize that action");
  return caller.prn;
}

async function create(hub: Hub, call: Call): Promise<Reply> {
  const owner = userOf(call);
  const body = await strictBodyMap(call, 400);
  const { scopes } = body;
  const asked = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
  const until = stringAt(body, 'expire-at');
  const expires = until === '' ? hub.now() + YEAR_MS : Date.parse(until);
  if (Number.isNaN(expires)) throw refuse(400, "Can't process payload");
  const id = newObjectId(hub.now());
  const token: ApiToken = {
    id,
    owner,
    name: stringAt(body, 'name') || petName(3, '_'),
    type: stringAt(body, 'type') || 'SESSION',
    secret: Buffer.from(`${id}:${randomBytes(12).toString('base64url')}`).toString('base64url'),
    scopes: tokenScopes(asked),
    deleted: false,
    expires,
    created: hub.now(),
    modified: hub.now(),
  };
  try {
    hub.database.run(
      'INSERT INTO auth_tokens VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)',
      ...[id, owner, token.name, token.type, token.secret, JSON.stringify(token.scopes)],
      ...[expires, token.created, token.modified],
    );
  } catch (error) {
    if (isDuplicate(error)) throw refuse(500, 'duplicate key', 'token name is already taken');
    throw error;
  }
  return answer(tokenText(token, token.secret, freshTime));
}

function list(hub: Hub, call: Call): Reply {
  const rows = hub.database.all(
    'SELECT * FROM auth_tokens WHERE owner = ? AND deleted_at IS NULL ORDER BY rowid',
    callerOf(call).prn,
  );
  // Reading the scopes again panics for a token with one that nobody knows: the whole list is a 500 from then on.
  const items = rows.map(tokenOf).map((token) => {
    tokenScopes(token.scopes);
    return tokenText(token, '', storedTime);
  });
  const members = {
    resource: quote(`${hub.origin()}/`),
    page_size: items.length === 0 ? '0' : '100',
    page_offset: '0',
    current_page: items.length === 0 ? '0' : '1',
    total: String(items.length),
    next: '""',
    prev: '""',
  };
  return answer(objectText({ ...members, items: `[${items.join(',')}]` }));
}

function get(hub: Hub, call: Call): Reply {
  const owner = userOf(call);
  const token = findApiToken(hub, param(call, 'id'));
  if (!token || token.owner !== owner) throw refuse(403, 'access denied');
  return answer(tokenText(token, '', storedTime));
}

/** Tokens that were issued for it hold until they end: nothing looks back at the API token. */
function remove(hub: Hub, call: Call): Reply {
  const owner = userOf(call);
  const token = findApiToken(hub, param(call, 'id'));
  if (!token || token.owner !== owner) throw refuse(403, 'token owner is not owner of the device');
  hub.database.run('UPDATE auth_tokens SET deleted_at = ? WHERE id = ?', hub.now(), token.id);
  return answer('{"success":true}');
}
