/** HTTP as the device speaks it: connections are kept, nothing is retried here, and no reply is just that (event_rest.c). */
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';

export type HubReply = { readonly status: number; readonly text: string };
export type HubDownload = { readonly status: number; readonly body: AsyncIterable<Uint8Array> };

export type HubCall = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Absolute, or a path at the hub. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | HubUpload;
  readonly signal?: AbortSignal;
};

export type HubUpload = { readonly size: number; readonly bytes: AsyncIterable<Uint8Array> };

export interface HubHttp {
  /** The hub's origin. */
  readonly origin: string;
  /** Undefined where there was no reply, or none that the device has room for. */
  send(call: HubCall): Promise<HubReply | undefined>;
  /** The body as it comes; reading it throws where the connection breaks. */
  download(call: HubCall): Promise<HubDownload | undefined>;
  close(): void;
}

/** BODY_MAX_LEN (pantahub_proto.c): a longer reply is as good as none. Bytes. */
const LONGEST_REPLY = 2 * 1024 * 1024;

/** A hub that does not move for so long is not there. Real time: the machine that simulates does not get quicker with the device. */
const PATIENCE_MS = 20_000;

/** PV_USER_AGENT_FMT; the hub turns away who has none. */
const USER_AGENT = 'Pantavisor/2 (Linux; simulated; 029-32-g303584a7)';

/** @param connections how many requests run at once; more wait. */
export function hubHttp(url: string, { ca, connections = 8 }: { ca?: string | undefined; connections?: number } = {}): HubHttp {
  const { origin } = new URL(url);
  const kept = { keepAlive: true, maxSockets: connections, timeout: PATIENCE_MS };
  const plain = new PlainAgent(kept);
  const tls = new TlsAgent(ca === undefined ? kept : { ...kept, ca });
  let closed = false;

  function begin({ method, url: target, headers = {}, body, signal }: HubCall): Promise<IncomingMessage | undefined> {
    if (closed) return Promise.resolve(undefined);
    const address = new URL(target, origin);
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body?.size;
    const options = {
      method,
      headers: {
        'User-Agent': USER_AGENT,
        ...(typeof body === 'string' ? { 'Content-Type': 'application/json' } : {}),
        ...(length === undefined ? {} : { 'Content-Length': String(length) }),
        ...headers,
      },
      ...(signal ? { signal } : {}),
    };
    return new Promise((resolve) => {
      const request =
        address.protocol === 'https:'
          ? tlsRequest(address, { ...options, agent: tls }, resolve)
          : plainRequest(address, { ...options, agent: plain }, resolve);
      request.on('error', () => resolve(undefined));
      request.setTimeout(PATIENCE_MS, () => request.destroy());
      if (body === undefined || typeof body === 'string') request.end(body);
      else void sendBytes(request, body.bytes);
    });
  }

  return {
    origin,
    async send(call) {
      const message = await begin(call);
      const text = message && (await readAll(message));
      return message === undefined || text === undefined ? undefined : { status: message.statusCode ?? 0, text };
    },
    async download(call) {
      const message = await begin(call);
      return message && { status: message.statusCode ?? 0, body: message };
    },
    close() {
      closed = true;
      plain.destroy();
      tls.destroy();
    },
  };
}

type Sink = ReturnType<typeof plainRequest>;

async function sendBytes(request: Sink, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of bytes) {
      if (!request.write(chunk)) await new Promise<void>((resolve) => request.once('drain', resolve).once('close', resolve));
    }
    request.end();
  } catch {
    request.destroy();
  }
}

async function readAll(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > LONGEST_REPLY) return undefined;
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return undefined;
  }
}
