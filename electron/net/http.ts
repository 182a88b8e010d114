import { Agent, type Dispatcher, request } from 'undici';
import type { z } from 'zod';
import type { TrailbossError } from '../../shared/contract/errors.ts';
import { cancelled, checkCancelled, startDeadline } from './deadline.ts';
import { asBytes, type HttpUpload, isUpload, readLimited, requestBody, seconds } from './http-body.ts';
import { badReply, httpProblem, notADevice, notAnswering, nothingChanged } from './http-problem.ts';
import { type Address, addressText } from './network-problem.ts';
import { clipRaw } from './raw.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Absolute path with query, as it goes on the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | HttpUpload;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole exchange without an upload's own bytes. */
  readonly timeoutMs: number;
  /** The reply is given up as endless beyond this. */
  readonly maxReplyBytes: number;
  /** What stays as it was when this fails, for people. */
  readonly unchanged?: string;
}

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfterSeconds: number | undefined;
  readonly body: Uint8Array;
}

export interface HttpClientOptions {
  /** How many requests run at once; more wait. */
  readonly connections: number;
  /** Milliseconds for the TCP connection. */
  readonly connectMs?: number;
  /** An upload or download in which nothing moves for so many milliseconds is given up. */
  readonly stallMs?: number;
}

const maxRedirects = 3;

/** HTTP to one address and no other: whatever it redirects to elsewhere is refused. Throws `TrailbossError` only. */
export class HttpClient {
  readonly address: Address;
  readonly origin: string;
  readonly #agent: Agent;
  readonly #stallMs: number;

  constructor(address: Address, options: HttpClientOptions) {
    this.address = address;
    this.origin = `http://${addressText(address)}`;
    this.#stallMs = options.stallMs ?? 30_000;
    this.#agent = new Agent({
      connections: options.connections,
      pipelining: 1,
      keepAliveTimeout: 2000,
      connect: { timeout: options.connectMs ?? 4000, autoSelectFamily: true },
      maxHeaderSize: 16_384,
    });
  }

  /** One exchange with a small reply, read to its end. Any status is a reply; the caller decides what it means. */
  async send(call: HttpRequest): Promise<HttpReply> {
    const unchanged = call.unchanged ?? nothingChanged;
    const deadline = startDeadline(call.signal, call.timeoutMs);
    let moved = false;
    const onSent = (sent: number) => {
      moved = true;
      // After the last byte the device may have to check and to store: that takes a little longer.
      deadline.restart(isUpload(call.body) && sent >= call.body.size ? this.#stallMs * 2 : this.#stallMs);
    };
    try {
      const response = await this.#dispatch(call, deadline.signal, onSent);
      const body = await readLimited(response, call.maxReplyBytes, (detail, start) =>
        badReply(this.address, unchanged, detail, start),
      );
      return { status: response.statusCode, ...headersOf(response), body };
    } catch (error) {
      if (call.signal.aborted) throw cancelled();
      if (deadline.expired()) {
        const what = moved
          ? `it took no bytes for ${seconds(this.#stallMs)}`
          : `no whole reply within ${seconds(call.timeoutMs)}`;
        throw notAnswering(this.address, unchanged, what, error);
      }
      throw httpProblem(error, this.address, unchanged);
    } finally {
      deadline.clear();
    }
  }

  /** A reply of any size as it arrives. Statuses other than 200 throw what `refusal` makes of them. */
  async *download(call: HttpRequest, refusal: (reply: HttpReply) => TrailbossError): AsyncGenerator<Uint8Array> {
    const unchanged = call.unchanged ?? nothingChanged;
    const deadline = startDeadline(call.signal, call.timeoutMs);
    try {
      const response = await this.#dispatch(call, deadline.signal, () => undefined);
      deadline.stopClock();
      if (response.statusCode !== 200) {
        const body = await readLimited(response, 65_536, (detail, start) => badReply(this.address, unchanged, detail, start));
        throw refusal({ status: response.statusCode, ...headersOf(response), body });
      }
      let received = 0;
      for await (const chunk of response.body) {
        const bytes = asBytes(chunk);
        received += bytes.length;
        if (received > call.maxReplyBytes) {
          throw badReply(this.address, unchanged, `it is longer than ${call.maxReplyBytes} bytes and does not end`);
        }
        yield bytes;
      }
    } catch (error) {
      if (call.signal.aborted) throw cancelled();
      if (deadline.expired()) throw notAnswering(this.address, unchanged, `no reply within ${seconds(call.timeoutMs)}`, error);
      throw httpProblem(error, this.address, unchanged);
    } finally {
      deadline.clear();
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #dispatch(call: HttpRequest, signal: AbortSignal, onSent: (sent: number) => void): Promise<Dispatcher.ResponseData> {
    let path = call.path;
    for (let hop = 0; ; hop += 1) {
      checkCancelled(call.signal);
      const response = await request(`${this.origin}${path}`, {
        dispatcher: this.#agent,
        method: call.method,
        signal,
        headersTimeout: Math.max(call.timeoutMs, 1000),
        bodyTimeout: this.#stallMs,
        ...requestBody(call.body, call.headers ?? {}, signal, onSent),
      });
      const target = response.headers.location;
      if (response.statusCode < 300 || response.statusCode >= 400 || target === undefined) return response;
      await response.body.dump({ limit: 65_536, signal });
      path = this.#followed(call, path, String(target), hop);
    }
  }

  /** Redirects are followed for reading, on the same host and port, and not for ever. */
  #followed(call: HttpRequest, path: string, target: string, hop: number): string {
    const here = new URL(`${this.origin}${path}`);
    const url = URL.canParse(target, here) ? new URL(target, here) : undefined;
    if (call.method !== 'GET' || url === undefined || url.origin !== here.origin || hop >= maxRedirects) {
      throw notADevice(this.address, `it sends visitors on to ${clipRaw(target.slice(0, 200)) ?? 'nowhere'}`);
    }
    return `${url.pathname}${url.search}`;
  }
}

/** The reply as JSON in the form that `schema` describes; throws NOT_A_DEVICE for a web page, BAD_REPLY for anything else. */
export function parseJsonReply<T>(reply: HttpReply, schema: z.ZodType<T>, address: Address, unchanged = nothingChanged): T {
  const text = decodeUtf8(reply.body);
  if (text === undefined) throw badReply(address, unchanged, 'it is no text', reply.body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (looksLikeHtml(reply, text)) throw notADevice(address, 'a web page came back', text, error);
    throw badReply(address, unchanged, 'it is no JSON, or only a part of it', text, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue === undefined ? '' : ` (${issue.path.join('.') || 'the whole'}: ${issue.message})`;
  throw badReply(address, unchanged, `its JSON is not what a device sends${place}`, text, parsed.error);
}

/** The bytes as text exactly as they are, a byte order mark included; undefined when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function looksLikeHtml(reply: HttpReply, text: string): boolean {
  return reply.contentType.includes('html') || /^\s*<(!doctype|html|head|body)/i.test(text.slice(0, 200));
}

function headersOf(response: Dispatcher.ResponseData): Pick<HttpReply, 'contentType' | 'retryAfterSeconds'> {
  const retryAfter = Number(response.headers['retry-after']);
  return {
    contentType: String(response.headers['content-type'] ?? '').toLowerCase(),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  };
}
