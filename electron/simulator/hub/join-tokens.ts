/** /devices/tokens: tokens with which a factory's devices find their owner by themselves (hub: devices/devices-tokens.go). */
import { createHash, randomBytes } from 'node:crypto';
import { bodyText, type Call, callerOf, isPerson, param } from './call.ts';
import { flagOf, isDuplicate, numberOf, type Row, textOf } from './database.ts';
import type { Hub } from './hub.ts';
import { isObjectId, newObjectId, petName } from './ids.ts';
import { goMap, isMap, type JsonMap, mapAt, objectText, parseJson, quote, quoteDots, readMap, stringAt } from './json-text.ts';
import { answer, panic, type Reply, refuse } from './reply.ts';
import { type Route, route } from './routing.ts';
import { READ_DEVICES, UPDATE_DEVICES } from './scopes.ts';
import { freshTime, storedTime } from './times.ts';

const KEY_BYTES = 24;

export function joinTokenRoutes(hub: Hub): readonly Route[] {
  return [
    route('POST', '/tokens', READ_DEVICES, (call) => create(hub, call)),
    route('GET', '/tokens', READ_DEVICES, (call) => list(hub, call)),
    route('DELETE', '/tokens/:id', UPDATE_DEVICES, (call) => disable(hub, call)),
  ];
}

/** Whose token it is, and the escaped user-meta that its devices begin with; undefined for none, or a disabled one. */
export function joinTokenOf(hub: Hub, base64: string): { readonly owner: string; readonly userMeta?: JsonMap } | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const key = Buffer.from(base64, 'base64');
  if (key.length > KEY_BYTES) throw panic('index out of range');
  const row = hub.database.get('SELECT * FROM join_tokens WHERE token_sha = ? AND disabled = 0', sha(key));
  if (!row) return undefined;
  const meta = textOf(row, 'user_meta');
  return { owner: textOf(row, 'owner'), ...(meta === '' ? {} : { userMeta: readMap(meta) }) };
}

const sha = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex');

function personOf(call: Call): string {
  const caller = callerOf(call);
  if (!isPerson(caller)) throw refuse(400, 'Can only be updated by User or Session');
  return caller.prn;
}

/** The keys of the default user-meta stay escaped in what is sent out. */
function tokenText(row: Row, time: (ms: number) => string, token = ''): string {
  return objectText({
    id: quote(textOf(row, 'id')),
    prn: quote(`prn:::devices-tokens:/${textOf(row, 'id')}`),
    nick: quote(textOf(row, 'nick')),
    owner: quote(textOf(row, 'owner')),
    ...(token === '' ? {} : { token: quote(token) }),
    'default-user-meta': textOf(row, 'user_meta') || 'null',
    disabled: String(flagOf(row, 'disabled')),
    'time-created': quote(time(numberOf(row, 'created'))),
    'time-modified': quote(time(numberOf(row, 'modified'))),
  });
}

async function create(hub: Hub, call: Call): Promise<Reply> {
  const owner = personOf(call);
  const text = await bodyText(call);
  const body = text === '' ? {} : parseJson(text);
  if (!isMap(body)) throw refuse(400, 'error decoding request');
  const key = randomBytes(KEY_BYTES);
  const given = mapAt(body, 'default-user-meta');
  const [id, now] = [newObjectId(hub.now()), hub.now()];
  try {
    hub.database.run(
      'INSERT INTO join_tokens VALUES (?, ?, ?, ?, ?, 0, ?, ?)',
      ...[id, stringAt(body, 'nick') || petName(3, '_'), owner, sha(key), given ? goMap(quoteDots(given)) : null, now, now],
    );
  } catch (error) {
    if (isDuplicate(error)) throw refuse(500, 'error inserting device token into database');
    throw error;
  }
  const row = hub.database.get('SELECT * FROM join_tokens WHERE id = ?', id) ?? {};
  return answer(tokenText(row, freshTime, key.toString('base64')));
}

function list(hub: Hub, call: Call): Reply {
  const rows = hub.database.all('SELECT * FROM join_tokens WHERE owner = ? ORDER BY rowid', personOf(call));
  return answer(`[${rows.map((row) => tokenText(row, storedTime)).join(',')}]`);
}

/** OK for any id, also one that nobody has. */
function disable(hub: Hub, call: Call): Reply {
  const owner = personOf(call);
  const id = param(call, 'id');
  if (!isObjectId(id)) throw refuse(500, 'error decoding id to ObjectID');
  hub.database.run('UPDATE join_tokens SET disabled = 1 WHERE id = ? AND owner = ?', id, owner);
  return answer('{"status":"OK"}');
}
