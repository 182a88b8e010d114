/** The hub's HTTP side: sockets, faults, mounts, tokens, errors. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { unauthorized } from './auth.ts';
import type { Call, Claims } from './call.ts';
import type { Hub } from './hub.ts';
import { anonymousClaims } from './login.ts';
import { answer, ConnectionLost, empty, panic, plainRefusal, Refusal, type Reply, redirect, refuse, restError } from './reply.ts';
import { type Gate, type Handler, type Mount, matchRoute } from './routing.ts';
import { allows, insufficientScope } from './scopes.ts';
import { serveSignedUrl } from './signed-urls.ts';
import { claimsOf } from './tokens.ts';

export interface Counts {
  requests(): number;
  /** Such as `GET /devices/:id`; of clients alone whose User-Agent begins so. */
  byRoute(userAgent?: string): Record<string, number>;
  reset(): void;
}

export interface Site {
  readonly mounts: readonly Mount[];
  /** Pages outside all mounts, by path. */
  readonly pages: Readonly<Record<string, Handler>>;
}

export interface HubServer {
  readonly port: number;
  readonly counts: Counts;
  close(): Promise<void>;
}

export interface Listening {
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
}

const REOPEN_AFTER_MS = 20;

/** @param makeHub told the port, for the hub's own URLs */
export async function listen(
  where: Listening,
  site: (port: number) => { readonly hub: Hub; readonly site: Site },
): Promise<HubServer> {
  const counted: { readonly route: string; readonly userAgent: string; times: number }[] = [];
  const count = (route: string, userAgent = ''): void => {
    const known = counted.find((each) => each.route === route && each.userAgent === userAgent);
    if (known) known.times += 1;
    else counted.push({ route, userAgent, times: 1 });
  };
  let serve: RequestListener = (_message, response) => response.destroy();
  const options = { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 60_000 };
  const listener: RequestListener = (message, response) => serve(message, response);
  const server = where.tls ? createSecureServer({ ...options, ...where.tls }, listener) : createServer(options, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await open(server, where.port);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const made = site(port);
  serve = (message, response) => {
    void respond(made.hub, made.site, message, response, (route) => count(route, message.headers['user-agent']));
  };

  let closed = false;
  let down = false;
  made.hub.faults.onDown((now) => {
    down = now;
    if (down) {
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
    } else void reopen();
  });

  async function reopen(): Promise<void> {
    while (!closed && !down && !server.listening) {
      await open(server, port).catch(() => delay(REOPEN_AFTER_MS));
    }
  }

  return {
    port,
    counts: {
      requests: () => counted.reduce((sum, { times }) => sum + times, 0),
      byRoute: (userAgent = '') => {
        const routes: Record<string, number> = {};
        for (const each of counted) {
          if (each.userAgent.startsWith(userAgent)) routes[each.route] = (routes[each.route] ?? 0) + each.times;
        }
        return routes;
      },
      reset: () => counted.splice(0),
    },
    async close() {
      closed = true;
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((done) => server.close(done));
    },
  };
}

function open(server: Server, port: number): Promise<void> {
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
    server.listen({ port, host: '127.0.0.1', backlog: 2048 });
  });
}

async function respond(
  hub: Hub,
  site: Site,
  message: IncomingMessage,
  response: ServerResponse,
  count: (name: string) => void,
): Promise<void> {
  response.on('error', () => {});
  // A message that was read in part has lost its socket by the time it is to be cut.
  const { socket } = message;
  const url = new URL(message.url ?? '/', 'http://hub');
  const request = { method: message.method ?? 'GET', path: url.pathname };
  try {
    const slow = hub.faults.strikes('slow', request, 1000);
    if (slow !== undefined) await delay(slow);
    if (hub.faults.strikes('not-answering', request) !== undefined) {
      count('not answered');
      return;
    }
    const reply = brokenReply(hub, request) ?? (await handled(hub, site, message, url, count));
    await send(hub, reply, message, response, request);
  } catch (error) {
    if (!(error instanceof ConnectionLost) && !response.headersSent && !message.destroyed) {
      const reply = panic(String(error)).reply;
      await send(hub, reply, message, response, request).catch(() => {});
    } else socket.destroy();
  }
}

type Asked = { readonly method: string; readonly path: string };

/** What a fault answers in place of the hub. */
function brokenReply(hub: Hub, request: Asked): Reply | undefined {
  const { faults } = hub;
  if (faults.strikes('every-500', request) !== undefined) return refuse(500, 'fault').reply;
  if (faults.strikes('empty-body', request) !== undefined)
    return empty(200, { 'Content-Type': 'application/json; charset=utf-8' });
  if (faults.strikes('redirect-to-elsewhere', request) !== undefined) {
    return redirect(307, `https://hub.example.net${request.path}`);
  }
  if (faults.strikes('html-instead-of-json', request) !== undefined) {
    const page = '<!DOCTYPE html><html><head><title>Welcome</title></head><body>Sign in to this network</body></html>';
    return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page };
  }
  const wait = faults.strikes('503-with-retry-after', request, 1);
  if (wait !== undefined) {
    const page = '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>';
    return { status: 503, headers: { 'Content-Type': 'text/html', 'Retry-After': String(wait) }, body: page };
  }
  return undefined;
}

async function handled(hub: Hub, site: Site, message: IncomingMessage, url: URL, count: (name: string) => void): Promise<Reply> {
  const method = message.method ?? 'GET';
  try {
    if (message.headers.origin && method === 'OPTIONS') return preflight(message);
    const mount = site.mounts.find(({ prefix }) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
    const call = callOf(message, url, url.pathname);
    const token = /^\/(?:local-s3|s3)\/(.+)$/.exec(url.pathname)?.[1];
    const page = site.pages[url.pathname];
    if (token !== undefined || page) {
      count(`${method} ${page ? url.pathname : '/local-s3/:token'}`);
      return await (page ? page(call) : serveSignedUrl(hub, call, token ?? ''));
    }
    if (!mount) {
      count(`${method} (nowhere)`);
      throw plainRefusal(404, '404 page not found');
    }
    // Go's ServeMux: a mount without its slash is elsewhere for good, and a client that follows turns POST into GET.
    if (url.pathname === mount.prefix) {
      count(`${method} ${mount.prefix}`);
      return moved(mount.prefix, url);
    }
    return withFormat(await routed(hub, mount, message, url, count), mount, message);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function moved(prefix: string, url: URL): Reply {
  const to = `${prefix}/${url.search}`;
  const body = `<a href="${to}">Moved Permanently</a>.\n\n`;
  return { status: 301, headers: { Location: to, 'Content-Type': 'text/html; charset=utf-8' }, body };
}

async function routed(hub: Hub, mount: Mount, message: IncomingMessage, url: URL, count: (name: string) => void): Promise<Reply> {
  const method = message.method ?? 'GET';
  const raw = url.pathname.slice(mount.prefix.length);
  const path = mount.style === 'canonical' && raw.length > 1 ? raw.replace(/\/+$/, '') : raw;
  const match = matchRoute(mount.routes, method, path);
  count(`${method} ${match.kind === 'found' ? mount.prefix + match.route.pattern : `${mount.prefix} (${match.kind})`}`);
  try {
    if (mount.style === 'indented') checkContentType(message);
    // Whether there is such a route is said only to those who may ask.
    const claims = await bearer(hub, message, mount.gate(method, path), { method, path: url.pathname });
    if (match.kind === 'missing') throw restError(404, 'Resource not found');
    if (match.kind === 'wrong-method') throw restError(405, 'Method not allowed');
    const { route, params } = match;
    if (claims && !allows(route.scopes, claims)) throw insufficientScope(route.scopes, `${hub.origin()}/auth`);
    return await route.handler({ ...callOf(message, url, path), params, claims });
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

/** /auth takes JSON only, where the length says that there is a body (go-json-rest, ContentTypeCheckerMiddleware). */
function checkContentType(message: IncomingMessage): void {
  const [type = '', ...more] = (message.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = more.map((part) => part.trim().split('=')).find(([name]) => name === 'charset')?.[1] ?? 'utf-8';
  const isJson = type.trim() === 'application/json' && charset === 'utf-8';
  if (Number(message.headers['content-length'] ?? 0) > 0 && !isJson) {
    throw restError(415, "Bad Content-Type or charset, expected 'application/json'");
  }
}

async function bearer(hub: Hub, message: IncomingMessage, gate: Gate, request: Asked): Promise<Claims | undefined> {
  const header = message.headers.authorization ?? '';
  const sent = header.trim().toLowerCase().startsWith('bearer ');
  if (gate === 'open' || (gate === 'token-if-sent' && !sent)) return undefined;
  if (gate === 'anonymous' && header === '') return claimsOf(anonymousClaims(hub));
  const [scheme, token = ''] = header.split(' ');
  const claims = scheme === 'Bearer' ? await hub.tokens.verify(token) : undefined;
  if (!claims) throw unauthorized(hub, request.method, request.path);
  const read = claimsOf(claims);
  if (!read) throw refuse(403, 'You need to be logged in');
  return read;
}

function callOf(message: IncomingMessage, url: URL, path: string): Call {
  return {
    method: message.method ?? 'GET',
    path,
    params: {},
    query: url.searchParams,
    headers: message.headers,
    message,
    claims: undefined,
  };
}

function withFormat(reply: Reply, mount: Mount, message: IncomingMessage): Reply {
  const cors = message.headers.origin
    ? { 'Access-Control-Allow-Origin': message.headers.origin, 'Access-Control-Allow-Credentials': 'true' }
    : {};
  const headers = { 'X-Powered-By': 'go-json-rest', ...reply.headers, ...cors };
  const isJson = reply.headers['Content-Type']?.startsWith('application/json') ?? false;
  if (mount.style === 'canonical') return { ...reply, headers: { ...headers, PhJsonFormat: 'gibson042-canonicaljson' } };
  if (mount.style === 'indented' && isJson && typeof reply.body === 'string' && reply.body !== '') {
    return { ...reply, headers, body: JSON.stringify(JSON.parse(reply.body), undefined, 2) };
  }
  return { ...reply, headers };
}

function preflight(message: IncomingMessage): Reply {
  return answer('', {
    'Access-Control-Allow-Origin': message.headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': 'GET,POST,PUT,PATCH,DELETE,OPTIONS',
    'Access-Control-Allow-Headers': 'Accept,Content-Type,Content-Length,X-Custom-Header,Origin,Authorization',
    'Access-Control-Max-Age': '3600',
  });
}

async function send(hub: Hub, reply: Reply, message: IncomingMessage, response: ServerResponse, request: Asked): Promise<void> {
  const whole = typeof reply.body === 'string' || reply.body instanceof Uint8Array ? Buffer.from(reply.body) : undefined;
  const cookies = reply.cookies ? { 'Set-Cookie': [...reply.cookies] } : {};
  const headers = { Date: new Date(hub.now()).toUTCString(), ...reply.headers, ...cookies };
  if (hub.faults.strikes('truncated-reply', request) !== undefined) {
    const body = whole ?? Buffer.alloc(1024);
    response.writeHead(reply.status, { ...headers, 'Content-Length': body.length });
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => message.socket.destroy());
    return;
  }
  if (hub.faults.strikes('endless-reply', request) !== undefined) {
    response.writeHead(reply.status, reply.headers);
    await pipeline(Readable.from(endless(whole ?? Buffer.alloc(0))), response);
    return;
  }
  if (whole) {
    response.writeHead(reply.status, { ...headers, 'Content-Length': whole.length });
    response.end(message.method === 'HEAD' ? undefined : whole);
  } else {
    response.writeHead(reply.status, headers);
    await pipeline(Readable.from(reply.body), response);
  }
  if (!message.readableEnded) message.resume();
}

async function* endless(start: Uint8Array): AsyncGenerator<Uint8Array> {
  yield start;
  const blanks = Buffer.alloc(16_384, ' ');
  for (;;) {
    yield blanks;
    await delay(5);
  }
}
