import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { os, type RouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { rendererFiles } from '../renderer-files.ts';
import { openAccess } from './access.ts';
import { type BrowserHost, startBrowserHost } from './server.ts';

/** A backend of two procedures: one answer, one stream that tells when it was left. */
function fakeBackend() {
  const left: string[] = [];
  const router = {
    hello: os.handler(() => 'hello'),
    count: os.handler(async function* ({ signal }) {
      signal?.addEventListener('abort', () => left.push('count'));
      for (let number = 0; ; number += 1) {
        yield number;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  };
  return { router, left, close: async () => undefined };
}

let profile: string;
let backend: ReturnType<typeof fakeBackend>;
let host: BrowserHost;

function start(port = 0): Promise<BrowserHost> {
  const folder = join(profile, 'renderer');
  return startBrowserHost({ backend, files: rendererFiles(folder), access: openAccess(profile, Date.now), port });
}

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'trailboss-host-'));
  await mkdir(join(profile, 'renderer'));
  await writeFile(join(profile, 'renderer', 'index.html'), '<title>start</title>');
  backend = fakeBackend();
  host = await start();
});
afterEach(async () => {
  await host.close();
  await rm(profile, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: host.port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

async function signIn(): Promise<string> {
  const address = new URL(await host.newAddress());
  const reply = await ask(`${address.pathname}${address.search}`);
  return (reply.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
}

/** Opens the WebSocket; the status of the refusal when there is one. */
function openSocket(headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

async function openClient(cookie: string): Promise<{ socket: WebSocket; client: RouterClient<typeof backend.router> }> {
  const socket = await openSocket({ cookie, origin: host.origin });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return { socket, client: createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })) };
}

test('an address works once: it gives a cookie and leads to a clean address', async () => {
  const { pathname, search } = new URL(await host.newAddress());
  const first = await ask(`${pathname}${search}`);
  expect([first.status, first.headers.location, first.headers['set-cookie']]).toEqual([
    303,
    '/',
    [expect.stringMatching(/^trailboss-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)],
  ]);
  const second = await ask(`${pathname}${search}`);
  expect([second.status, second.headers['set-cookie']]).toEqual([403, undefined]);
  expect(second.body).toContain('Press Enter in the terminal');
});

test('with the cookie the page is served, also at a used-up address, and without it nothing is', async () => {
  const cookie = await signIn();
  expect((await ask('/', { cookie })).body).toBe('<title>start</title>');
  expect((await ask('/?token=used', { cookie })).status).toBe(303);
  expect((await ask('/')).status).toBe(401);
  expect((await ask('/', { cookie: `${cookie}x` })).status).toBe(401);
  expect((await ask('/', { cookie: cookie.replace(/trailboss-\d+/, 'trailboss-1') })).status).toBe(401);
  expect((await ask('/missing.js', { cookie })).status).toBe(404);
});

test('a token is not used up by HEAD, nor by a browser that fetches ahead', async () => {
  const { pathname, search } = new URL(await host.newAddress());
  await ask(`${pathname}${search}`, {}, 'HEAD');
  await ask(`${pathname}${search}`, { 'sec-purpose': 'prefetch' });
  expect((await ask(`${pathname}${search}`)).status).toBe(303);
});

test('a link elsewhere leads on by a navigation of our own, which carries the cookie', async () => {
  const reply = await ask('//evil.example/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' });
  expect([reply.status, reply.body.includes('http-equiv="refresh" content="0; url=/"'), reply.body.includes('start')]).toEqual([
    200,
    true,
    false,
  ]);
});

test('every reply carries the security headers', async () => {
  const cookie = await signIn();
  for (const reply of [
    await ask('/', { cookie }),
    await ask('/'),
    await ask('/', { host: 'evil.example' }),
    await ask('/', {}, 'POST'),
  ]) {
    expect(reply.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("script-src 'self'; worker-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  }
});

test('a wrong Host, Origin or method is refused even with the cookie', async () => {
  const cookie = await signIn();
  const statuses = [
    (await ask('/', { cookie, host: `evil.example:${host.port}` })).status,
    (await ask('/', { cookie, origin: 'https://evil.example' })).status,
    (await ask('/', { cookie }, 'DELETE')).status,
    (await ask('//evil.example/', { cookie })).status,
  ];
  expect(statuses).toEqual([421, 403, 405, 404]);
});

test('the WebSocket opens for our own page with its cookie alone', async () => {
  const cookie = await signIn();
  const origin = host.origin;
  expect(await openSocket({ cookie })).toBe(403);
  expect(await openSocket({ cookie, origin: 'https://evil.example' })).toBe(403);
  expect(await openSocket({ cookie, origin: 'http://evil.example', host: 'evil.example' })).toBe(421);
  expect(await openSocket({ origin })).toBe(401);
  const { socket, client } = await openClient(cookie);
  expect(await client.hello()).toBe('hello');
  socket.close();
});

test('a stream ends on this side when the page goes away', async () => {
  const { socket, client } = await openClient(await signIn());
  const stream = await client.count();
  expect((await stream.next()).value).toBe(0);
  socket.terminate();
  await expect.poll(() => backend.left).toEqual(['count']);
});

test('a page that was open comes back by itself after a restart on the same port', async () => {
  const cookie = await signIn();
  const { port } = host;
  await host.close();
  host = await start(port);
  expect((await ask('/', { cookie })).status).toBe(200);
  const { socket, client } = await openClient(cookie);
  expect(await client.hello()).toBe('hello');
  socket.close();
});

test('a port that is taken is an error', async () => {
  await expect(start(host.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
