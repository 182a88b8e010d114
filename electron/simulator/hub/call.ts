/** One request as a route sees it. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isMap, type Json, type JsonMap, parseJson } from './json-text.ts';
import { refuse } from './reply.ts';

/** What a token says about its bearer (hub.md §1). */
export interface Claims {
  readonly prn: string;
  readonly type: string;
  readonly nick: string;
  /** The owner whom a device had when it logged in. */
  readonly owner: string | undefined;
  readonly scopes: readonly string[];
  readonly all: JsonMap;
}

export interface Call {
  readonly method: string;
  /** Behind the mount, decoded. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly message: IncomingMessage;
  /** Undefined only where a route lets callers in without a token. */
  readonly claims: Claims | undefined;
}

/** The bearer; for routes behind a token this never fails. */
export function callerOf(call: Call): Claims {
  if (!call.claims) throw refuse(403, 'You need to be logged in');
  return call.claims;
}

export function isPerson(claims: Claims): boolean {
  return claims.type === 'USER' || claims.type === 'SESSION';
}

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

export async function bodyText(call: Call): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of call.message) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The body as JSON; undefined where it is empty or none. */
export async function bodyJson(call: Call): Promise<Json | undefined> {
  const text = await bodyText(call);
  return text === '' ? undefined : parseJson(text);
}

/** The body as an object; an empty one for everything else, for the many handlers that ignore the decoder's error. */
export async function bodyMap(call: Call): Promise<JsonMap> {
  const value = await bodyJson(call);
  return isMap(value) ? value : {};
}

/** The body as an object, or the refusal with which a handler reports the decoder's error. */
export async function strictBodyMap(call: Call, status: number): Promise<JsonMap> {
  const value = await bodyJson(call);
  // Go decodes `null` into a map without complaint.
  if (value === null) return {};
  if (!isMap(value)) throw refuse(status, 'Error parsing data');
  return value;
}
