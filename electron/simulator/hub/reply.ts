/** What a route answers, and the hub's four error shapes (hub.md §0). */
import { objectText, quote } from './json-text.ts';

export type Body = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Whole `Set-Cookie` values. */
  readonly cookies?: readonly string[];
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };
const PLAIN_TYPE = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };

export function answer(text: string, headers: Readonly<Record<string, string>> = {}, status = 200): Reply {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: text };
}

/** No body at all: signed URLs, redirects to them, and `/changes` without a page size. */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}

export function redirect(status: number, location: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { Location: location, ...headers }, body: '' };
}

/** A handler stops here, and this is answered. The reason is what the hub writes to its own log: clients never see it. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply, reason: string) {
    super(reason);
    this.reply = reply;
  }
}

/** The connection ends here, without an answer. */
export class ConnectionLost extends Error {}

let incident = 0;

/**
 * Shape 1 (hub: utils/resterror.go): an id in place of the reason; `msg` only for what the hub wants users to read.
 * @param message that `msg`
 */
export function refuse(status: number, reason: string, message = '', headers: Readonly<Record<string, string>> = {}): Refusal {
  incident = (incident + 1) % 1_000_000;
  const id = `REST-ERR-ID-${Date.now()}${String(incident).padStart(6, '0')}`;
  // In canonical order, which /trails must have and the others may.
  const members = { code: String(status), error: quote(id), ...(message === '' ? {} : { msg: quote(message) }) };
  return new Refusal(answer(objectText(members), headers, status), reason);
}

/** A handler that goes on after its refusal: two JSON texts in one body, under the first one's status. */
export function refuseTwice(status: number, reason: string, second: number): Refusal {
  const [one, two] = [refuse(status, reason).reply, refuse(second, reason).reply];
  return new Refusal({ ...one, body: `${one.body}${two.body}` }, reason);
}

/** Shape 2 (go-json-rest): 401, 404, 405 and what a panic leaves. */
export function restError(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal(answer(objectText({ Error: quote(error) }), headers, status), error);
}

export function panic(reason: string): Refusal {
  return new Refusal(restError(500, 'Internal Server Error').reply, reason);
}

/** Shape 3 (hub: devices/service.go, ModelError). */
export function modelError(status: number, message: string): Refusal {
  return new Refusal(answer(objectText({ code: String(status), message: quote(message) }), {}, status), message);
}

/** Shape 4: signed URLs answer with a status only. */
export function silentRefusal(status: number, reason: string): Refusal {
  return new Refusal(empty(status), reason);
}

/** What Go's own file server and ServeMux say. */
export function plainRefusal(status: number, text: string): Refusal {
  return new Refusal({ status, headers: PLAIN_TYPE, body: `${text}\n` }, text);
}
