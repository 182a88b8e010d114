import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubClient, HubCredential } from './hub.ts';
import { openHub, signInWithPassword } from './index.ts';

/** What the tests of the hub's client share. */

export const never = new AbortController().signal;

export const closers: (() => unknown)[] = [];

export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

export async function problemOf(work: Promise<unknown>): Promise<TrailbossError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TrailbossError) return error;
  throw new Error(`a TrailbossError was expected, not ${String(error)}`);
}

export function open(
  hub: { readonly url: string },
  credential: HubCredential | undefined,
  kept: HubCredential[] = [],
  now: () => number = Date.now,
): HubClient {
  const client = openHub({ url: hub.url }, credential, { now, onCredential: (next) => kept.push(next) });
  closers.push(() => client.close());
  return client;
}

export function signIn(hub: { readonly url: string }, username: string, password = username) {
  return signInWithPassword({ url: hub.url }, { username, password }, { now: Date.now, computer: 'bench', signal: never });
}

export async function openAs(hub: { readonly url: string }, username: string): Promise<HubClient> {
  return open(hub, (await signIn(hub, username)).credential);
}

export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Waits until it holds; a test that waits for ever is ended by its runner. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value as JSON, or a text or bytes as they are. */
  readonly body?: unknown;
}

export interface ScriptedHub {
  readonly url: string;
  readonly heard: readonly Heard[];
}

/** A server that says what a test wants, and keeps what it was asked. */
export async function scriptedHub(
  answer: (heard: Heard, response: ServerResponse) => Said | undefined | Promise<Said | undefined>,
): Promise<ScriptedHub> {
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const one = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    heard.push(one);
    const said = await answer(one, response);
    if (said === undefined) return;
    const { status = 200, headers = {}, body = '' } = said;
    const plain = typeof body === 'string' || body instanceof Uint8Array;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(plain ? body : JSON.stringify(body));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, heard };
}

/** A token as a hub makes it, with no signature that anybody could check. */
export function jwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2ln`;
}

export function longToken(): string {
  const now = Math.floor(Date.now() / 1000);
  return jwt({ exp: now + 3600, orig_iat: now, type: 'USER', prn: 'prn:::accounts:/1', nick: 'user1' });
}

export function longSession(): HubCredential {
  return { kind: 'session', token: longToken(), endsAt: Date.now() + 3_600_000 };
}

export const spec = 'pantavisor-service-system@1';
export const deviceId = 'aaaaaaaaaaaaaaaaaaaaaaaa';
