/** Serves a handler over HTTP on a TCP port or a unix socket; it can be closed and opened again at the same place. */
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Handler, type Reply, type Request, refusal, Unreachable } from './exchange.ts';

export type Place =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

export interface Listener {
  /** The port that is listened on; 0 for a unix socket. */
  readonly port: number;
  /** Takes new connections; waits for the port where another program holds it for the moment. */
  open(): void;
  /** Refuses new connections and resets those that are there. */
  shut(): void;
  close(): Promise<void>;
}

const RETRY_AFTER_MS = 50;

/** Listens at once. Rejects where the place is taken. */
export async function listen(place: Place, handler: Handler): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 5000 }, (message, response) => {
    void serve(handler, message, response);
  });
  // The device reads a body only once it has taken the request; `Expect: 100-continue` is answered then.
  server.on('checkContinue', (message, response) => void serve(handler, message, response, true));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await start(server, place);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const again: Place = place.kind === 'tcp' ? { ...place, port } : place;
  let wanted = true;
  let retry: NodeJS.Timeout | undefined;

  function reopen(): void {
    if (!wanted || server.listening) return;
    start(server, again).catch(() => {
      retry = setTimeout(reopen, RETRY_AFTER_MS);
    });
  }

  function resetAll(): void {
    // A unix socket knows no reset: its peers see it end.
    for (const socket of sockets) place.kind === 'tcp' ? socket.resetAndDestroy() : socket.destroy();
  }

  return {
    port,
    open() {
      wanted = true;
      reopen();
    },
    shut() {
      wanted = false;
      clearTimeout(retry);
      if (server.listening) server.close();
      if (place.kind === 'unix') rmSync(place.path, { force: true });
      resetAll();
    },
    async close() {
      wanted = false;
      clearTimeout(retry);
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((done) => server.close(done));
      if (place.kind === 'unix') rmSync(place.path, { force: true });
    },
  };
}

function start(server: Server, place: Place): Promise<void> {
  if (place.kind === 'unix') rmSync(place.path, { force: true });
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      server.off('listening', done);
      reject(error);
    };
    const done = (): void => {
      server.off('error', fail);
      resolve();
    };
    server.once('error', fail);
    server.once('listening', done);
    if (place.kind === 'unix') server.listen(place.path);
    else server.listen(place.port, place.host);
  });
}

async function serve(
  handler: Handler,
  message: IncomingMessage,
  response: ServerResponse,
  expectsContinue = false,
): Promise<void> {
  response.on('error', () => {});
  // The message lets go of its socket when reading it is broken off.
  const { socket } = message;
  try {
    const reply = await handler(requestOf(message, response, expectsContinue));
    await send(reply, message, response);
  } catch (error) {
    const broken = error instanceof Unreachable || response.headersSent || message.destroyed;
    if (broken) socket.destroy();
    else await send(refusal(500, String(error)), message, response);
  }
}

function requestOf(message: IncomingMessage, response: ServerResponse, expectsContinue: boolean): Request {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  async function* body(): AsyncGenerator<Uint8Array> {
    if (expectsContinue) response.writeContinue();
    for await (const chunk of message) yield chunk;
  }
  return { method: message.method ?? 'GET', path: message.url ?? '/', headers, body: body() };
}

async function send(reply: Reply, message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (typeof reply.body === 'string') {
    const empty = reply.status === 204 || message.method === 'HEAD';
    response.writeHead(
      reply.status,
      empty ? reply.headers : { ...reply.headers, 'Content-Length': Buffer.byteLength(reply.body) },
    );
    response.end(empty ? undefined : reply.body);
  } else {
    response.writeHead(reply.status, reply.headers);
    await pipeline(Readable.from(reply.body), response);
  }
  if (reply.early) message.socket.end();
  else if (!message.readableEnded) message.resume();
}
