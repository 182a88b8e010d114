import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HostedBackend } from '../host.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { securityHeaders } from '../security-headers.ts';
import type { Access } from './access.ts';
import { sessionCookie, sessionSecrets } from './cookie.ts';
import { type KnownOrigins, refuseRequest } from './guard.ts';
import { forwardPage, messagePage } from './pages.ts';
import { acceptRpcSockets } from './rpc-socket.ts';

export interface BrowserHostOptions {
  readonly backend: HostedBackend;
  readonly files: RendererFiles;
  readonly access: Access;
  /** 0: any free port. */
  readonly port: number;
  /** Origin of a dev server that stands before this host and passes its requests on unchanged. */
  readonly behind?: string;
}

export interface BrowserHost {
  readonly port: number;
  /** Where pages are opened: the dev server's origin where one stands before. */
  readonly origin: string;
  /** A fresh address that works once; the one before it, if still unused, is dead. */
  newAddress(): Promise<string>;
  /** Ends all connections; the backend stays open. */
  close(): Promise<void>;
}

const accessTitle = 'This page needs a fresh address';
const accessText =
  'Each address of Trailboss works once, in one browser. Press Enter in the terminal where it runs, or start it once more, to get a new one.';

/**
 * Serves the screens over HTTP and the backend over a WebSocket, on 127.0.0.1 alone.
 * @throws the server's error when the port can't be had (`EADDRINUSE`)
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { access, files } = options;
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 });
  const port = await listen(server, options.port);
  const own = `http://127.0.0.1:${port}`;
  const known: KnownOrigins = options.behind === undefined ? { own } : { own, behind: options.behind };
  const headers = securityHeaders([`ws://127.0.0.1:${port}`]);

  async function hasSession(request: IncomingMessage): Promise<boolean> {
    for (const secret of sessionSecrets(request.headers.cookie, port)) {
      if (await access.isSession(secret)) return true;
    }
    return false;
  }

  function reply(response: ServerResponse, status: number, more: Record<string, string>, body: string | Buffer): void {
    const length = Buffer.byteLength(body);
    response.writeHead(status, { ...headers, 'Cache-Control': 'no-store', ...more, 'Content-Length': length });
    response.end(response.req.method === 'HEAD' ? undefined : body);
  }
  const html = { 'Content-Type': 'text/html; charset=utf-8' };
  const text = { 'Content-Type': 'text/plain; charset=utf-8' };

  async function answerToken(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    const secret = request.method === 'GET' ? await access.exchange(token) : undefined;
    if (secret !== undefined) return reply(response, 303, { Location: '/', 'Set-Cookie': sessionCookie(port, secret) }, '');
    if (await hasSession(request)) return reply(response, 303, { Location: '/' }, '');
    reply(response, 403, html, messagePage(accessTitle, accessText));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuseRequest({ method: request.method ?? '', headers: request.headers }, known);
    if (refusal !== undefined) {
      return reply(response, refusal.status, refusal.status === 405 ? { ...text, Allow: 'GET, HEAD' } : text, refusal.reason);
    }
    const url = requestUrl(request, own);
    if (url === undefined) return reply(response, 400, text, 'The address is not valid.');
    const token = url.pathname === '/' ? url.searchParams.get('token') : null;
    if (token !== null) return answerToken(request, response, token);
    if (!(await hasSession(request))) {
      const linked = request.headers['sec-fetch-site'] === 'cross-site';
      if (linked) return reply(response, 200, html, forwardPage());
      return reply(response, 401, html, messagePage(accessTitle, accessText));
    }
    const file = await files.read(url.pathname);
    if (file === undefined) return reply(response, 404, text, 'There is nothing at this address.');
    reply(response, 200, { 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl }, file.body);
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error('trailboss: a request failed:', error);
      response.destroy();
    });
  });
  const sockets = acceptRpcSockets(server, { router: options.backend.router, known, hasSession });

  const origin = options.behind ?? own;
  return {
    port,
    origin,
    newAddress: async () => `${origin}/?token=${await access.issueToken()}`,
    close: async () => {
      sockets.close();
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}

function requestUrl(request: IncomingMessage, base: string): URL | undefined {
  const target = request.url ?? '';
  return target.startsWith('/') && URL.canParse(`${base}${target}`) ? new URL(`${base}${target}`) : undefined;
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'));
      else resolve(address.port);
    });
  });
}
