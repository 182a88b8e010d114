/** /logs/, as with Elasticsearch behind it (hub: logs/, logs-elastic.go). */
import { randomBytes } from 'node:crypto';
import { bodyText, type Call, callerOf, isPerson, strictBodyMap } from './call.ts';
import type { Hub } from './hub.ts';
import { isObjectId } from './ids.ts';
import { integerAt, isMap, type Json, type JsonMap, objectText, parseJson, quote, stringAt } from './json-text.ts';
import { entryText, type LogEntry } from './log-records.ts';
import { answer, type Reply, refuse } from './reply.ts';
import { type Mount, route } from './routing.ts';
import { ANY_SCOPE } from './scopes.ts';

const CURSOR_SECONDS = 120;
/** How long the index keeps a scroll that nobody asks for. */
const SCROLL_MS = 60_000;
/** `index.max_result_window`: what lies behind it is refused. */
const WINDOW = 10_000;

interface Scroll {
  readonly page: number;
  rest: readonly LogEntry[];
  until: number;
}

export function logsMount(hub: Hub): Mount {
  const scrolls = new Map<string, Scroll>();
  return {
    prefix: '/logs',
    style: 'plain',
    gate: () => 'token',
    routes: [
      route('GET', '/', ANY_SCOPE, (call) => list(hub, call, scrolls)),
      route('POST', '/', ANY_SCOPE, (call) => post(hub, call)),
      route('GET', '/cursor', ANY_SCOPE, (call) => next(hub, call, scrolls)),
      route('POST', '/cursor', ANY_SCOPE, (call) => next(hub, call, scrolls)),
    ],
  };
}

function personOf(call: Call): string {
  const caller = callerOf(call);
  if (!isPerson(caller)) throw refuse(403, 'Need to be logged in as USER/SESSION user to get logs');
  return caller.prn;
}

/** `before` and `after` look at when the hub took an entry in; no order without `sort`; `count` is what is in this page. */
async function list(hub: Hub, call: Call, scrolls: Map<string, Scroll>): Promise<Reply> {
  const owner = personOf(call);
  const { query } = call;
  const start = integer(query.get('start'), 0);
  const page = integer(query.get('page'), 50);
  const devices = devicesAsked(hub, owner, query.get('dev') ?? '');
  const after = timeAsked(query.get('after'), Number.NEGATIVE_INFINITY);
  const before = timeAsked(query.get('before'), Number.POSITIVE_INFINITY);
  const scrolling = (query.get('cursor') ?? '') !== '';
  if (start < 0 || page < 0 || start + page > WINDOW || (scrolling && start > 0)) throw refuse(500, 'getting logs failed: 400');

  const filters: readonly (readonly [keyof LogEntry, readonly string[]])[] = [
    ['dev', devices],
    ['src', words(query.get('src'))],
    ['lvl', words(query.get('lvl'))],
    ['rev', words(query.get('rev'))],
    ['plat', words(query.get('plat'))],
  ];
  const found = sorted(hub.logs.of(owner, { after, before }), query.get('sort') ?? '').filter((entry) =>
    filters.every(([field, wanted]) => wanted.length === 0 || wanted.includes(String(entry[field]))),
  );
  const shown = found.slice(start, start + page);
  if (!scrolling) return answer(pagerText(start, shown));
  const id = randomBytes(24).toString('base64url');
  scrolls.set(id, { page, rest: found.slice(page), until: hub.now() + SCROLL_MS });
  return answer(pagerText(start, shown, await cursorToken(hub, owner, id)));
}

/** The next page of a scroll; at its end the pages are empty and still have a cursor. */
async function next(hub: Hub, call: Call, scrolls: Map<string, Scroll>): Promise<Reply> {
  const owner = personOf(call);
  const body = await strictBodyMap(call, 400);
  const claims = await hub.tokens.verify(stringAt(body, 'next-cursor') || (call.query.get('next-cursor') ?? ''));
  if (!claims) throw refuse(403, 'Error decoding JWT token for next-cursor');
  if (stringAt(claims, 'aud') !== owner) throw refuse(403, 'Calling user does not match owner of cursor-next');
  const id = stringAt(claims, 'next-cursor');
  const scroll = scrolls.get(id);
  if (!scroll || scroll.until <= hub.now()) {
    scrolls.delete(id);
    throw refuse(500, 'getting logs failed: 404 search_context_missing_exception');
  }
  const shown = scroll.rest.slice(0, scroll.page);
  scroll.rest = scroll.rest.slice(scroll.page);
  scroll.until = hub.now() + SCROLL_MS;
  return answer(pagerText(0, shown, await cursorToken(hub, owner, id)));
}

function cursorToken(hub: Hub, owner: string, id: string): Promise<string> {
  const issued = Math.floor(hub.now() / 1000);
  return hub.tokens.sign({ 'next-cursor': id, aud: owner, iat: issued, exp: issued + CURSOR_SECONDS });
}

/** Without `entries` where there are none. */
function pagerText(start: number, entries: readonly LogEntry[], cursor = ''): string {
  const count = String(entries.length);
  return objectText({
    start: String(start),
    page: count,
    count,
    ...(cursor === '' ? {} : { 'next-cursor': quote(cursor) }),
    ...(entries.length === 0 ? {} : { entries: `[${entries.map(entryText).join(',')}]` }),
  });
}

/**
 * The devices' prns. What names none of the owner's devices is left out without a word, and once all are left out the filter is gone:
 * then the logs of all devices are shown (hub: logs/logs-service.go, ParseDeviceString).
 */
function devicesAsked(hub: Hub, owner: string, text: string): readonly string[] {
  return text.split(',').flatMap((name) => {
    if (/^prn:.*:devices:\/.+$/.test(name)) return [name];
    const device = isObjectId(name) ? hub.devices.get(name) : hub.devices.byNick(owner, name);
    return device && device.owner === owner && !device.garbage ? [device.prn] : [];
  });
}

function words(text: string | null): readonly string[] {
  return text ? text.split(',') : [];
}

function integer(text: string | null, otherwise: number): number {
  if (text === null || text === '') return otherwise;
  if (!/^[+-]?\d+$/.test(text)) throw refuse(400, "Bad 'start' or 'page' parameter");
  return Number(text);
}

function timeAsked(text: string | null, otherwise: number): number {
  if (text === null || text === '') return otherwise;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw refuse(400, 'parsing date');
  return time;
}

const SORTABLE: Readonly<Record<string, keyof LogEntry>> = {
  dev: 'dev',
  rev: 'rev',
  plat: 'plat',
  lvl: 'lvl',
  tsec: 'tsec',
  tnano: 'tnano',
  'time-created': 'created',
  src: 'src',
};

/** By a list of fields, each with `-` for descending; unknown ones are ignored. */
function sorted(entries: readonly LogEntry[], sort: string): readonly LogEntry[] {
  const keys = sort.split(',').flatMap((field) => {
    const key = SORTABLE[field.replace(/^-/, '')];
    return key ? [{ key, sign: field.startsWith('-') ? -1 : 1 }] : [];
  });
  if (keys.length === 0) return entries;
  return entries.toSorted((a, b) => {
    for (const { key, sign } of keys) {
      const [left, right] = [a[key], b[key]];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

/** By a device: one entry or many. Whose they are and when they came is the hub's to say. */
async function post(hub: Hub, call: Call): Promise<Reply> {
  const caller = callerOf(call);
  if (caller.type !== 'DEVICE') throw refuse(403, 'Need to be logged in as DEVICE to post logs');
  if (caller.owner === undefined) throw refuse(403, 'You need to be logged in as device with owner');
  const body = parseJson(await bodyText(call));
  const entries = Array.isArray(body) ? body : [body];
  if (!entries.every(isEntry)) throw refuse(400, 'error parsing logs body');
  const { prn: dev, owner: own } = caller;
  hub.database.transaction(() => {
    for (const entry of entries) {
      hub.logs.add({
        dev,
        own,
        created: hub.now(),
        tsec: integerAt(entry, 'tsec'),
        tnano: integerAt(entry, 'tnano'),
        rev: stringAt(entry, 'rev'),
        plat: stringAt(entry, 'plat'),
        src: stringAt(entry, 'src'),
        lvl: stringAt(entry, 'lvl') || 'INFO',
        msg: stringAt(entry, 'msg'),
      });
    }
  });
  return answer('{"status":"ok"}');
}

/** Go's decoder takes no number for a text, and no text for a number. */
function isEntry(value: Json | undefined): value is JsonMap {
  if (!isMap(value)) return false;
  const texts = ['rev', 'plat', 'src', 'lvl', 'msg'].every((key) => value[key] === undefined || typeof value[key] === 'string');
  return texts && ['tsec', 'tnano'].every((key) => value[key] === undefined || Number.isInteger(value[key]));
}
