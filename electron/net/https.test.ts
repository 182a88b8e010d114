import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { WebClient, type WebClientOptions } from './https.ts';
import { isCertificateFile } from './system-certificates.ts';
import { WebFailure } from './web-failure.ts';

const never = new AbortController().signal;
const closers: (() => unknown)[] = [];
const pem = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures/tls', name), 'utf8');

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

async function plain(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createHttpServer(listener))}`;
}

async function secure(cert: string, listener: RequestListener = (_request, response) => response.end('hello')): Promise<string> {
  return `https://127.0.0.1:${await listen(createHttpsServer({ key: pem('server.key'), cert: pem(cert) }, listener))}`;
}

async function raw(answer: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createTcpServer((socket) => socket.once('data', () => answer(socket))))}`;
}

function client(options: Partial<WebClientOptions> = {}): WebClient {
  const made = new WebClient({ connections: 4, connectMs: 1500, stallMs: 1000, ...options });
  closers.push(() => made.close());
  return made;
}

const get = (url: string, timeoutMs = 3000) => ({ method: 'GET', url, signal: never, timeoutMs }) as const;

async function failureOf(work: Promise<unknown>): Promise<readonly [kind: string, detail: string]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WebFailure)) throw new Error(`a WebFailure was expected, not ${String(error)}`);
  return [error.kind, error.detail];
}

describe('certificates', () => {
  it('of an authority of one’s own are taken, once it is given', async () => {
    const url = await secure('server.pem');
    expect(await failureOf(client().send(get(url), 1000))).toEqual(['untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
    const reply = await client({ ca: pem('ca.pem') }).send(get(url), 1000);
    expect(Buffer.from(reply.body).toString()).toBe('hello');
  });

  it('for another name, or past their end, are not', async () => {
    const trusting = client({ ca: pem('ca.pem') });
    expect(await failureOf(trusting.send(get(await secure('other-name.pem')), 1000))).toEqual([
      'untrusted',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ]);
    expect(await failureOf(trusting.send(get(await secure('expired.pem')), 1000))).toEqual(['untrusted', 'CERT_HAS_EXPIRED']);
  });

  it('knows a file of them', () => {
    expect(
      [pem('ca.pem'), pem('ca.pem') + pem('server.pem'), 'hello', '', pem('ca.pem').replace('A', '!')].map(isCertificateFile),
    ).toEqual([true, true, false, false, false]);
  });
});

describe('what answers', () => {
  it('may speak something else than https, or than HTTP', async () => {
    const http = await plain((_request, response) => response.end());
    expect((await failureOf(client().send(get(http.replace('http:', 'https:')), 1000)))[0]).toBe('not-http');
    const ssh = await raw((socket) => socket.end('SSH-2.0-dropbear\r\n'));
    expect((await failureOf(client().send(get(ssh), 1000)))[0]).toBe('not-http');
  });

  it('may be nobody', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(client().send(get(`http://127.0.0.1:${port}`), 1000))).toEqual([
      'unreachable',
      'the connection is refused',
    ]);
  });

  it('may say nothing, break off, stop short, or never end', async () => {
    const silent = await plain(() => undefined);
    expect(await failureOf(client().send(get(silent, 200), 1000))).toEqual(['silent', 'no whole reply within 200 ms']);
    const broken = await raw((socket) => socket.destroy());
    expect((await failureOf(client().send(get(broken), 1000)))[0]).toBe('broken');
    const short = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'));
    expect(['truncated', 'broken']).toContain((await failureOf(client().send(get(short), 1000)))[0]);
    const endless = await plain((_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(500)), 5);
      response.on('close', () => clearInterval(timer));
    });
    expect((await failureOf(client().send(get(endless), 1000)))[0]).toBe('endless');
  });
});

describe('an exchange', () => {
  it('has any method, any header, and its reply’s headers', async () => {
    const url = await plain((request, response) => {
      response.setHeader('x-said', [request.method ?? '', String(request.headers['x-mine'])]);
      response.statusCode = 418;
      response.end();
    });
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const reply = await client().send({ ...get(url), method, headers: { 'x-mine': 'yes' } }, 1000);
      expect([reply.status, reply.header('x-said')]).toEqual([418, `${method}, yes`]);
    }
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const url = await plain((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const reply = await client().send(get(url), 1000);
    expect([reply.status, reply.header('location'), asked]).toEqual([302, '/elsewhere', 1]);
  });

  it('is cancelled at once', async () => {
    const url = await plain(() => undefined);
    const stop = new AbortController();
    const work = client().send({ ...get(url), signal: stop.signal }, 1000);
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is a stream that only a stall ends', async () => {
    const url = await plain((request, response) => {
      response.write('start');
      if (request.url === '/stalls') return;
      setTimeout(() => response.end(' end'), 400);
    });
    const bytesOf = async (path: string) => {
      const stream = await client({ stallMs: 600 }).open(get(url + path, 200));
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream.bytes()) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    expect(await bytesOf('/ends')).toBe('start end');
    expect((await failureOf(bytesOf('/stalls')))[0]).toBe('silent');
  });
});

describe('an upload', () => {
  async function* pieces(count: number, waitMs = 0) {
    for (let index = 0; index < count; index += 1) {
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      yield Buffer.alloc(1000, 97);
    }
  }

  it('has its exact length, tells its bytes, and may take longer than the time for the exchange', async () => {
    let heard = 0;
    const url = await plain((request, response) => {
      request.on('data', (chunk: Buffer) => {
        heard += chunk.length;
      });
      request.on('end', () => response.end(request.headers['content-length']));
    });
    const sent: number[] = [];
    const body = { size: 5000, open: () => pieces(5, 100), onBytes: (bytes: number) => sent.push(bytes) };
    const reply = await client().send({ ...get(url, 300), method: 'PUT', body }, 1000);
    expect([Buffer.from(reply.body).toString(), heard, sent]).toEqual(['5000', 5000, [1000, 2000, 3000, 4000, 5000]]);
  });

  it('is given up when nothing moves', async () => {
    const url = await plain(() => undefined);
    const body = { size: 50_000_000, open: () => pieces(50_000) };
    const [kind] = await failureOf(client({ stallMs: 300 }).send({ ...get(url), method: 'PUT', body }, 1000));
    expect(kind).toBe('silent');
  });

  it('whose source fails throws what the source threw', async () => {
    const url = await plain((request) => request.resume());
    async function* bad() {
      yield Buffer.alloc(10);
      throw new TrailbossError('BAD_CHECKSUM', { what: 'W.', unchanged: 'U.', next: 'N.' });
    }
    const work = client().send({ ...get(url), method: 'PUT', body: { size: 20, open: bad } }, 1000);
    await expect(work).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
  });
});
