import type { HubAddress } from '../../../shared/contract/hub.ts';
import { WebClient, type WebClientOptions, type WebReply, type WebRequest, type WebStream } from '../../net/https.ts';
import { isCertificateFile } from '../../net/system-certificates.ts';
import { WebFailure } from '../../net/web-failure.ts';
import { version } from '../../version.ts';
import { HubClock } from './clock.ts';
import { hubError, sessionEnded, webProblem } from './words.ts';

/** How many objects send their bytes at once; pvr itself uses 5. */
export const sendingAtOnce = 6;
/** As many again are announced meanwhile, so that the next bytes need not wait for an answer. */
export const parallelUploads = 2 * sendingAtOnce;

const usualMs = 20_000;
const usualBytes = 8 * 1024 * 1024;
/** The hub turns away whoever has none (hub: auth/login.go). */
const userAgent = `Trailboss/${version}`;

export interface HubCall {
  readonly method: WebRequest['method'];
  /** Absolute path with query. Roots end in a slash, everything below them does not (hub.md §0). */
  readonly path: string;
  /** A value to be sent as JSON, or a JSON text as it is. */
  readonly json?: unknown;
  readonly text?: string;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** What stays as it was when this fails, for people. */
  readonly unchanged?: string;
}

/**
 * Talks with one hub: to its own address and no other, without following a redirect. Only `transfer` goes elsewhere, to an address
 * that the hub signed, and takes no token with it.
 */
export class HubWire {
  readonly origin: string;
  /** For sentences: host and port. */
  readonly host: string;
  readonly clock: HubClock;
  readonly #now: () => number;
  readonly #api: WebClient;
  /** Uploads and downloads have their own connections, so that they hold nothing else up. */
  readonly #transfers: WebClient;
  #closed = false;

  constructor(address: HubAddress, now: () => number, timing: Pick<WebClientOptions, 'connectMs' | 'stallMs'> = {}) {
    if (address.ca !== undefined && !isCertificateFile(address.ca)) {
      throw hubError('UNTRUSTED_CERTIFICATE', {
        what: 'The certificate that was given for this hub can’t be read.',
        next: 'Give a PEM file: text that starts with “-----BEGIN CERTIFICATE-----”.',
      });
    }
    const url = new URL(address.url);
    this.origin = url.origin;
    this.host = url.host;
    this.#now = now;
    this.clock = new HubClock(now);
    this.#api = new WebClient({ connections: parallelUploads + 2, ca: address.ca, ...timing });
    this.#transfers = new WebClient({ connections: sendingAtOnce + 2, ca: address.ca, ...timing });
  }

  /** One exchange with a small reply. A question that was cut off is asked once more: hubs close connections that were idle. */
  async send(call: HubCall, token: string | undefined): Promise<WebReply> {
    const web = this.#request(call, token);
    const askedAt = this.#now();
    const exchange = () => this.#api.send(web, call.maxBytes ?? usualBytes);
    try {
      const reply = await exchange().catch((error: unknown) => {
        if (call.method === 'GET' && error instanceof WebFailure && error.kind === 'broken') return exchange();
        throw error;
      });
      this.clock.hear(reply.header('date'), askedAt);
      return reply;
    } catch (error) {
      throw this.#problem(error, call);
    }
  }

  /** One exchange with a reply of any length, as it comes. Failures in its body are `WebFailure`s. */
  async open(call: HubCall, token: string | undefined): Promise<WebStream> {
    try {
      return await this.#transfers.open(this.#request(call, token));
    } catch (error) {
      throw this.#problem(error, call);
    }
  }

  /**
   * The signed address that the hub gave for an object's bytes; throws REFUSED_BY_HUB for one that is not safe to use. A hub behind a
   * proxy may not know its own address (hub: utils/env.go, PANTAHUB_HOST): what it serves itself is asked for where it answers.
   */
  signedUrl(address: string | undefined): URL {
    const url = address === undefined || address === '' ? null : URL.parse(address, this.origin);
    const encrypted = url?.protocol === 'https:' || (url?.protocol === 'http:' && this.origin.startsWith('http:'));
    const lost = url !== null && isLoopback(url.hostname) && !isLoopback(new URL(this.origin).hostname);
    if (url?.pathname.startsWith('/local-s3/') && (!encrypted || lost)) return new URL(url.pathname + url.search, this.origin);
    if (url !== null && encrypted && url.username === '' && url.password === '') return url;
    throw hubError('REFUSED_BY_HUB', {
      what: `${this.host} gave an address for the object’s bytes that Trailboss does not use: ${url === null ? 'none' : 'it is not encrypted'}.`,
      next: 'Tell the hub’s operator.',
    });
  }

  /** An exchange with the store behind a signed address: no token, no redirect. Throws `WebFailure` and CANCELLED. */
  put(url: URL, request: Pick<WebRequest, 'body' | 'signal' | 'timeoutMs'>): Promise<WebReply> {
    return this.#transfers.send(
      {
        method: 'PUT',
        url: url.href,
        headers: { 'user-agent': userAgent, 'content-type': 'application/octet-stream' },
        ...request,
      },
      64 * 1024,
    );
  }

  /** The bytes behind a signed address, from `from` on if the store can. */
  get(url: URL, from: number, signal: AbortSignal): Promise<WebStream> {
    const headers = { 'user-agent': userAgent, ...(from === 0 ? {} : { range: `bytes=${from}-` }) };
    return this.#transfers.open({ method: 'GET', url: url.href, headers, signal, timeoutMs: usualMs });
  }

  /** Whoever asks afterwards, or waits for an answer, hears SESSION_ENDED: there is nothing to be tried again. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#api.close(), this.#transfers.close()]);
  }

  #problem(error: unknown, { unchanged }: HubCall): unknown {
    if (!(error instanceof WebFailure)) return error;
    return this.#closed ? sessionEnded(this.host, 'it was closed here', error) : webProblem(error, this.host, unchanged);
  }

  #request(call: HubCall, token: string | undefined): WebRequest {
    const body = call.text ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
    return {
      method: call.method,
      url: `${this.origin}${call.path}`,
      headers: {
        'user-agent': userAgent,
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      body,
      signal: call.signal,
      timeoutMs: call.timeoutMs ?? usualMs,
    };
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
