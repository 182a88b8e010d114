import type { z } from 'zod';
import type { Sha256 } from '../../../shared/state/ids.ts';
import { maxStateBytes } from '../../../shared/state/state.ts';
import { decodeUtf8 } from '../../net/http.ts';
import { WebClient, type WebClientOptions, type WebReply, type WebStream } from '../../net/https.ts';
import { WebFailure } from '../../net/web-failure.ts';
import { version } from '../../version.ts';
import { checkedIncoming } from '../pantavisor/checked-bytes.ts';
import { PvrRemoteReply, SignedUrls } from '../pantavisor/pvr-remote.ts';
import { stateText } from '../pantavisor/state-reply.ts';
import { isLessSafe, type Places, placeOf, readPlaces } from './places.ts';
import { badAnswer, failureProblem, noObject, notAnEndpoint, refusedBy, strangePlace, tooLong } from './words.ts';

/** How many objects come at once; as many as pvr has (libpvr/repolib.go, grabObjects). */
export const parallelDownloads = 4;

const smallReply = 256 * 1024;
const smallMs = 15_000;
const stateMs = 60_000;
const mostRedirects = 3;
/** An object that does not tell its size is given up beyond this. */
const largestObject = 64 * 1024 ** 3;

/**
 * A pvr endpoint anywhere, to be read from: a device's, or that of a device on a hub (pvr.md §4). No token is ever sent: an endpoint that
 * wants a login is LOGIN_REFUSED at once. Throws `TrailbossError` only.
 */
export class PvrRemote {
  readonly #base: URL;
  readonly #web: WebClient;
  #places: Places | undefined;

  /** @param url http or https, without a fragment. */
  constructor(url: string, timing: Pick<WebClientOptions, 'connectMs' | 'stallMs'> = {}) {
    this.#base = new URL(url);
    this.#web = new WebClient({ connections: parallelDownloads + 1, ...timing });
  }

  get host(): string {
    return this.#base.host;
  }

  /** The raw text of the state. */
  async state(signal: AbortSignal): Promise<string> {
    const { state } = await this.#known(signal);
    const reply = await this.#read(state, 'to show its state', { timeoutMs: stateMs, maxBytes: maxStateBytes }, signal);
    if (isWebPage(reply)) throw notAnEndpoint(this.host, 'a web page came back instead of a state', reply.body);
    return stateText(reply.body, this.host);
  }

  /** The object's bytes; BAD_CHECKSUM at their end where they differ, NOT_FOUND where it is not there. */
  async *object(sha: Sha256, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { objects, ownOrigins } = await this.#known(signal);
    const doing = `to give object ${sha.slice(0, 8)}`;
    const place = new URL(objects);
    place.pathname = `${place.pathname}/${sha}`;
    const reply = await this.#get(place, { timeoutMs: smallMs, maxBytes: smallReply }, signal);
    if (reply.status === 404) throw noObject(this.host, sha);
    if (reply.status !== 200) throw refusedBy(this.host, reply, doing);
    const told = this.#json(reply, SignedUrls);
    const given = told['signed-geturl'] ?? '';
    const signed = given === '' ? undefined : placeOf(given, this.#base, ownOrigins);
    if (signed === undefined) throw strangePlace(this.host, given);
    const size = /^\d{1,15}$/.test(told.size ?? '') ? Number(told.size) : undefined;
    yield* checkedIncoming(this.#bytes(signed, sha, size, doing, signal), sha);
  }

  async close(): Promise<void> {
    await this.#web.close();
  }

  async #known(signal: AbortSignal): Promise<Places> {
    this.#places ??= await this.#discover(signal);
    return this.#places;
  }

  async #discover(signal: AbortSignal): Promise<Places> {
    const place = new URL(this.#base);
    place.pathname = `${place.pathname.replace(/\/+$/, '')}/.pvrremote`;
    const reply = await this.#get(place, { timeoutMs: smallMs, maxBytes: smallReply }, signal);
    if (reply.status === 404) throw notAnEndpoint(this.host, 'a web server answers, and knows none', reply.body);
    if (isWebPage(reply)) throw notAnEndpoint(this.host, `a web page came back (${reply.status})`, reply.body);
    if (reply.status !== 200) throw refusedBy(this.host, reply, 'to describe its pvr endpoint');
    const read = readPlaces(this.#json(reply, PvrRemoteReply), this.#base);
    if (!read.ok) throw strangePlace(this.host, read.strange);
    return read.places;
  }

  async #read(
    url: URL,
    doing: string,
    limits: { readonly timeoutMs: number; readonly maxBytes: number },
    signal: AbortSignal,
  ): Promise<WebReply> {
    const reply = await this.#get(url, limits, signal);
    if (reply.status !== 200) throw refusedBy(this.host, reply, doing);
    return reply;
  }

  /** One exchange; a connection that was cut off before the answer is tried once more. Redirects stay on the same host. */
  async #get(
    url: URL,
    limits: { readonly timeoutMs: number; readonly maxBytes: number },
    signal: AbortSignal,
  ): Promise<WebReply> {
    const { timeoutMs, maxBytes } = limits;
    let at = url;
    for (let hop = 0; ; hop += 1) {
      const ask = () => this.#web.send({ method: 'GET', url: at.href, headers, signal, timeoutMs }, maxBytes);
      const reply = await ask()
        .catch((error: unknown) => {
          if (error instanceof WebFailure && error.kind === 'broken') return ask();
          throw error;
        })
        .catch((error: unknown) => {
          throw this.#problem(error);
        });
      const target = redirectOf(reply, at);
      if (target === undefined) return reply;
      if (target.hostname !== at.hostname || isLessSafe(target, at) || hop === mostRedirects) {
        throw strangePlace(this.host, target.href);
      }
      at = target;
    }
  }

  /** Stores send on to where the bytes are, and nothing that concerns us goes along. */
  async *#bytes(url: URL, sha: Sha256, size: number | undefined, doing: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let received = 0;
    try {
      const stream = await this.#followed(url, signal);
      if (stream.status !== 200) {
        const body = await stream.read(smallReply);
        throw stream.status === 404 ? noObject(url.host, sha) : refusedBy(url.host, { ...stream, body }, doing);
      }
      for await (const chunk of stream.bytes()) {
        received += chunk.length;
        // Whatever more comes, these are not the bytes; there may be no end of them.
        if (received > (size ?? largestObject)) throw tooLong(url.host, sha);
        yield chunk;
      }
    } catch (error) {
      throw this.#problem(error);
    }
  }

  async #followed(url: URL, signal: AbortSignal): Promise<WebStream> {
    let at = url;
    for (let hop = 0; ; hop += 1) {
      const stream = await this.#web.open({ method: 'GET', url: at.href, headers, signal, timeoutMs: smallMs });
      const target = redirectOf(stream, at);
      if (target === undefined) return stream;
      await stream.read(smallReply);
      const isFollowed = placeOf(target.href, this.#base, new Set([this.#base.origin])) !== undefined && !isLessSafe(target, at);
      if (!isFollowed || hop === mostRedirects) throw strangePlace(this.host, target.href);
      at = target;
    }
  }

  #json<T>(reply: WebReply, schema: z.ZodType<T>): T {
    const text = decodeUtf8(reply.body);
    if (text === undefined) throw badAnswer(this.host, 'it is no text', reply.body);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw badAnswer(this.host, 'it is no JSON, or only a part of it', reply.body, error);
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw badAnswer(this.host, 'its JSON is not what a pvr endpoint sends', reply.body, parsed.error);
  }

  #problem(error: unknown): unknown {
    return error instanceof WebFailure ? failureProblem(error, this.host) : error;
  }
}

/** A hub turns away whoever has no name (hub: auth/login.go). */
const headers = { 'user-agent': `Trailboss/${version}`, accept: '*/*' };

function redirectOf(reply: Pick<WebReply, 'status' | 'header'>, from: URL): URL | undefined {
  const target = reply.header('location');
  return reply.status < 300 || reply.status >= 400 || target === undefined ? undefined : (URL.parse(target, from) ?? undefined);
}

function isWebPage(reply: WebReply): boolean {
  const start = new TextDecoder().decode(reply.body.subarray(0, 200));
  return reply.header('content-type')?.includes('html') === true || /^\s*<(!doctype|html|head|body)/i.test(start);
}
