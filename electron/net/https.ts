import { Agent, type Dispatcher, errors, request } from 'undici';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { cancelled, checkCancelled, type Deadline, startDeadline } from './deadline.ts';
import { asBytes, type HttpBody, isUpload, readLimited, requestBody, seconds } from './http-body.ts';
import { errorCodeOf } from './network-problem.ts';
import { trustedCertificates } from './system-certificates.ts';
import { WebFailure, type WebFailureKind } from './web-failure.ts';

export interface WebRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, as it goes on the wire. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: HttpBody;
  readonly signal: AbortSignal;
  /** Milliseconds until the whole reply (or, where it is taken as a stream, its head) is there, without an upload's own bytes. */
  readonly timeoutMs: number;
}

export interface WebHead {
  readonly status: number;
  header(name: string): string | undefined;
}

export interface WebReply extends WebHead {
  readonly body: Uint8Array;
}

/** A reply whose body is still to come. Exactly one of `bytes` and `read` has to be used, to its end or until it throws. */
export interface WebStream extends WebHead {
  /** The body as it arrives, of any length. */
  bytes(): AsyncGenerator<Uint8Array>;
  /** The body as a whole; an `endless` failure beyond so many bytes. */
  read(maxBytes: number): Promise<Uint8Array>;
}

export interface WebClientOptions {
  /** How many requests run at once at one origin; more wait. */
  readonly connections: number;
  /** PEM certificates that are trusted beside this computer's own. */
  readonly ca?: string | undefined;
  /** Milliseconds for the connection with its handshake. */
  readonly connectMs?: number;
  /** An upload or download in which nothing moves for so many milliseconds is given up. */
  readonly stallMs?: number;
}

/**
 * HTTP and HTTPS to any origin. Follows no redirect, adds no header of its own. Any status is a reply; throws `WebFailure` where
 * there is none, and CANCELLED.
 */
export class WebClient {
  readonly #agent: Agent;
  readonly #stallMs: number;

  constructor(options: WebClientOptions) {
    this.#stallMs = options.stallMs ?? 30_000;
    this.#agent = new Agent({
      connections: options.connections,
      pipelining: 1,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 32_768,
      connect: {
        timeout: options.connectMs ?? 10_000,
        autoSelectFamily: true,
        ...(options.ca === undefined ? {} : { ca: [...trustedCertificates(), options.ca] }),
      },
    });
  }

  async send(call: WebRequest, maxReplyBytes: number): Promise<WebReply> {
    const stream = await this.#open(call, true);
    const body = await stream.read(maxReplyBytes);
    return { status: stream.status, header: stream.header, body };
  }

  /** The reply's head; once it is there, only a stall ends the rest. */
  open(call: WebRequest): Promise<WebStream> {
    return this.#open(call, false);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #open(call: WebRequest, timed: boolean): Promise<WebStream> {
    checkCancelled(call.signal);
    const stallMs = this.#stallMs;
    const deadline = startDeadline(call.signal, call.timeoutMs);
    let moved = false;
    const onSent = (sent: number) => {
      moved = true;
      // After the last byte the other side may have to check and to store: that takes a little longer.
      deadline.restart(isUpload(call.body) && sent >= call.body.size ? stallMs * 2 : stallMs);
    };
    const failed = (error: unknown): Error => {
      deadline.clear();
      if (call.signal.aborted) return cancelled();
      if (error instanceof WebFailure || !(error instanceof Error))
        return error instanceof Error ? error : new Error(String(error));
      if (!deadline.expired()) return failureOf(error);
      const waited = moved ? `it took no bytes for ${seconds(stallMs)}` : `no whole reply within ${seconds(call.timeoutMs)}`;
      return new WebFailure('silent', waited, { cause: error });
    };
    try {
      const response = await request(call.url, {
        dispatcher: this.#agent,
        method: call.method,
        signal: deadline.signal,
        headersTimeout: 0,
        bodyTimeout: stallMs,
        ...requestBody(call.body, call.headers ?? {}, deadline.signal, onSent),
      });
      if (!timed) deadline.stopClock();
      return streamOf(response, deadline, failed);
    } catch (error) {
      throw failed(error);
    }
  }
}

function streamOf(response: Dispatcher.ResponseData, deadline: Deadline, failed: (error: unknown) => Error): WebStream {
  return {
    status: response.statusCode,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    async *bytes() {
      try {
        for await (const chunk of response.body) yield asBytes(chunk);
      } catch (error) {
        throw failed(error);
      } finally {
        deadline.clear();
      }
    },
    async read(maxBytes) {
      try {
        return await readLimited(response, maxBytes, (detail) => new WebFailure('endless', detail));
      } catch (error) {
        throw failed(error);
      } finally {
        deadline.clear();
      }
    },
  };
}

const kinds: Readonly<Record<string, readonly [WebFailureKind, string]>> = {
  ECONNREFUSED: ['unreachable', 'the connection is refused'],
  ENOTFOUND: ['unreachable', 'no address is known for this name'],
  EAI_AGAIN: ['unreachable', 'names can’t be looked up at the moment'],
  EAI_FAIL: ['unreachable', 'no address is known for this name'],
  ENODATA: ['unreachable', 'no address is known for this name'],
  EHOSTUNREACH: ['unreachable', 'there is no way to it from this computer'],
  ENETUNREACH: ['unreachable', 'there is no way to it from this computer'],
  EHOSTDOWN: ['unreachable', 'there is no way to it from this computer'],
  ENETDOWN: ['unreachable', 'this computer has no network'],
  EADDRNOTAVAIL: ['unreachable', 'there is no way to it from this computer'],
  ETIMEDOUT: ['unreachable', 'nobody answers'],
  UND_ERR_CONNECT_TIMEOUT: ['unreachable', 'nobody answers'],
  UND_ERR_HEADERS_OVERFLOW: ['endless', 'its headers do not end'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['truncated', 'it broke off before its end'],
  UND_ERR_BODY_TIMEOUT: ['silent', 'it stopped in the middle of its reply'],
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: ['file-changed', 'a file changed its size while it was being sent'],
  EPROTO: ['not-http', 'it does not speak https'],
};

function failureOf(error: Error): Error {
  // What an upload's own source throws is no matter of the network.
  if (error instanceof TrailbossError) return error;
  const code = errorCodeOf(error) ?? '';
  if (isCertificateCode(code)) return new WebFailure('untrusted', code, { cause: error });
  if (code.startsWith('ERR_SSL_')) return new WebFailure('not-http', 'it does not speak https', { cause: error });
  const [kind, detail] = kinds[code] ?? [];
  if (kind !== undefined && detail !== undefined) return new WebFailure(kind, detail, { cause: error });
  if (error instanceof errors.HTTPParserError) return new WebFailure('not-http', 'it does not speak HTTP', { cause: error });
  return new WebFailure('broken', 'the connection broke off', { cause: error });
}

/** The names that OpenSSL and Node give to certificates that do not hold (node: crypto_common.cc, X509ErrorCode). */
function isCertificateCode(code: string): boolean {
  return /CERT|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY|INVALID_CA|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH/.test(code);
}
