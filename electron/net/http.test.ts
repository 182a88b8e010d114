import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { HttpClient, type HttpClientOptions, parseJsonReply } from './http.ts';

const never = new AbortController().signal;
const get = { method: 'GET', path: '/x', signal: never, timeoutMs: 2000, maxReplyBytes: 100_000 } as const;
const closers: (() => unknown)[] = [];

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

/** A server that answers whatever is asked with these bytes, and then does as it is told. */
async function rawServer(answer: (socket: Socket) => void): Promise<HttpClient> {
  return client(await listen(createTcpServer((socket) => socket.once('data', () => answer(socket)))));
}

async function webServer(listener: RequestListener, options?: Partial<HttpClientOptions>): Promise<HttpClient> {
  return client(await listen(createHttpServer(listener)), options);
}

function client(port: number, options?: Partial<HttpClientOptions>, host = '127.0.0.1'): HttpClient {
  const made = new HttpClient({ host, port }, { connections: 4, connectMs: 1500, stallMs: 1000, ...options });
  closers.push(() => made.close());
  return made;
}

async function problemOf(work: Promise<unknown>): Promise<TrailbossError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TrailbossError)) throw new Error(`a TrailbossError was expected, not ${String(error)}`);
  for (const sentence of [error.data.what, error.data.unchanged, error.data.next]) expect(sentence).toMatch(/^[A-Z0-9[].*[.]$/s);
  expect(error.data.raw?.length ?? 0).toBeLessThan(5000);
  return error;
}

describe('nobody there', () => {
  it('says that the port refuses', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await problemOf(client(port).send(get));
    expect(error.code).toBe('UNREACHABLE');
    expect(error.message).toBe(`127.0.0.1 refuses connections on port ${port}.`);
  });

  it('says that the name is unknown', async () => {
    const error = await problemOf(client(12_368, {}, 'no-such-device.invalid').send({ ...get, timeoutMs: 10_000 }));
    expect(error.code).toBe('UNREACHABLE');
    expect(error.message).toContain('“no-such-device.invalid”');
  });
});

describe('something else there', () => {
  it('knows an SSH server', async () => {
    const error = await problemOf((await rawServer((socket) => socket.end('SSH-2.0-dropbear_2019.78\r\n'))).send(get));
    expect(error.code).toBe('NOT_A_DEVICE');
    expect(error.message).toContain('SSH port');
  });

  it('knows a TLS server', async () => {
    const alert = Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);
    const error = await problemOf((await rawServer((socket) => socket.end(alert))).send(get));
    expect(error.code).toBe('NOT_A_DEVICE');
    expect(error.message).toContain('TLS');
  });

  it('knows garbage', async () => {
    const error = await problemOf((await rawServer((socket) => socket.end(Buffer.alloc(3000, 0xfe)))).send(get));
    expect(error.code).toBe('NOT_A_DEVICE');
  });

  it('does not follow a redirect to another host', async () => {
    const http = await webServer((_request, response) => {
      response.writeHead(302, { location: 'http://example.invalid/login' }).end();
    });
    const error = await problemOf(http.send(get));
    expect(error.code).toBe('NOT_A_DEVICE');
    expect(error.message).toContain('http://example.invalid/login');
  });

  it('follows a redirect on the same address, and not in circles', async () => {
    const http = await webServer((request, response) => {
      if (request.url === '/x') response.writeHead(301, { location: '/y?z=1' }).end();
      else if (request.url === '/y?z=1') response.end('here');
      else response.writeHead(302, { location: request.url }).end();
    });
    expect(Buffer.from((await http.send(get)).body).toString()).toBe('here');
    expect((await problemOf(http.send({ ...get, path: '/circle' }))).code).toBe('NOT_A_DEVICE');
  });

  it('tells a web page from broken JSON', async () => {
    const http = await webServer((request, response) => {
      response.end(request.url === '/page' ? '<!DOCTYPE html><title>router</title>' : '{"a": 1, "b": [tru');
    });
    const page = await http.send({ ...get, path: '/page' });
    expect(() => parseJsonReply(page, z.unknown(), http.address)).toThrow(expect.objectContaining({ code: 'NOT_A_DEVICE' }));
    const broken = await http.send(get);
    expect(() => parseJsonReply(broken, z.unknown(), http.address)).toThrow(expect.objectContaining({ code: 'BAD_REPLY' }));
    const array = { ...broken, body: Buffer.from('[1]') };
    expect(() => parseJsonReply(array, z.object({}), http.address)).toThrow(/what a device sends/);
  });
});

describe('replies that do not come to an end', () => {
  it('reports a truncated reply', async () => {
    const http = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"half": '));
    expect((await problemOf(http.send(get))).code).toMatch(/^(BAD_REPLY|NOT_ANSWERING)$/);
  });

  it('gives an endless reply up at the limit', async () => {
    const http = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write(`1000\r\n${'a'.repeat(4096)}\r\n`));
        socket.once('drain', more);
      };
      more();
    });
    const error = await problemOf(http.send(get));
    expect(error.code).toBe('BAD_REPLY');
    expect(error.message).toContain('does not end');
  });

  it('does not read 100 MB of JSON that announce themselves', async () => {
    let sent = 0;
    const http = await webServer((_request, response) => {
      response.writeHead(200, { 'content-length': String(100 * 1024 ** 2), 'content-type': 'application/json' });
      const chunk = Buffer.alloc(65_536, 0x20);
      const more = () => {
        while (!response.destroyed && sent < 100 * 1024 ** 2) {
          sent += chunk.length;
          if (!response.write(chunk)) return response.once('drain', more);
        }
        return response;
      };
      more();
    });
    const error = await problemOf(http.send(get));
    expect(error.code).toBe('BAD_REPLY');
    expect(sent).toBeLessThan(20 * 1024 ** 2);
  });

  it('does not wait for headers that do not end', async () => {
    const http = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write(`X-More: ${'a'.repeat(1000)}\r\n`));
        socket.once('drain', more);
      };
      more();
    });
    expect((await problemOf(http.send(get))).code).toBe('BAD_REPLY');
  });

  it('does not wait for ever for a first or a last byte', async () => {
    const silent = await rawServer(() => undefined);
    expect((await problemOf(silent.send({ ...get, timeoutMs: 300 }))).code).toBe('NOT_ANSWERING');
    const slow = await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab'));
    const error = await problemOf(slow.send({ ...get, timeoutMs: 300 }));
    expect(error.code).toBe('NOT_ANSWERING');
    expect(error.message).toContain('300 ms');
  });

  it('ends at once when it is cancelled', async () => {
    const silent = await rawServer(() => undefined);
    const controller = new AbortController();
    const asked = problemOf(silent.send({ ...get, signal: controller.signal, timeoutMs: 60_000 }));
    controller.abort();
    expect((await asked).code).toBe('CANCELLED');
  });
});

describe('uploads', () => {
  async function* pieces(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536), 7);
  }

  it('streams with a length and tells how far it is', async () => {
    const size = 3 * 1024 ** 2 + 5;
    const http = await webServer((request, response) => {
      let seen = 0;
      request.on('data', (chunk: Buffer) => {
        seen += chunk.length;
      });
      request.on('end', () =>
        response.end(`${request.headers['content-length']} ${request.headers['transfer-encoding'] ?? 'plain'} ${seen}`),
      );
    });
    const told: number[] = [];
    const reply = await http.send({
      ...get,
      method: 'PUT',
      body: { size, open: () => pieces(size), onBytes: (sent) => told.push(sent) },
    });
    expect(Buffer.from(reply.body).toString()).toBe(`${size} plain ${size}`);
    expect(told.at(-1)).toBe(size);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('takes an answer that comes before the end of the upload', async () => {
    const size = 8 * 1024 ** 2;
    const http = await webServer((_request, response) => {
      response.writeHead(507, { connection: 'close' }).end('{"Error":"Not enough disk space available"}');
    });
    const outcome = await http
      .send({ ...get, method: 'PUT', body: { size, open: () => pieces(size) } })
      .catch((error: unknown) => error);
    // The answer, or the broken pipe: never a hang, never another kind of error.
    if (outcome instanceof TrailbossError) expect(outcome.code).toBe('NOT_ANSWERING');
    else expect(outcome).toMatchObject({ status: 507 });
  });

  it('gives up when the other side takes no more bytes', async () => {
    const size = 64 * 1024 ** 2;
    const http = await rawServer((socket) => socket.pause());
    const error = await problemOf(http.send({ ...get, method: 'PUT', body: { size, open: () => pieces(size) } }));
    expect(error.code).toBe('NOT_ANSWERING');
  });

  it('passes on what is wrong with the bytes', async () => {
    const http = await webServer((request, response) => void request.resume().on('end', () => response.end()));
    const broken = new TrailbossError('BAD_CHECKSUM', { what: 'Wrong bytes.', unchanged: 'All of it.', next: 'Nothing.' });
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(10);
      throw broken;
    }
    expect(await problemOf(http.send({ ...get, method: 'PUT', body: { size: 100, open: failing } }))).toBe(broken);
  });

  it('does not send more or less than it announced', async () => {
    const http = await webServer((request, response) => void request.resume().on('end', () => response.end()));
    const error = await problemOf(http.send({ ...get, method: 'PUT', body: { size: 100, open: () => pieces(70) } }));
    expect(error.code).toBe('LOCAL_STORAGE');
  });
});

describe('downloads', () => {
  const refusal = (reply: { readonly status: number }) =>
    new TrailbossError('NOT_FOUND', { what: `Status ${reply.status}.`, unchanged: 'All.', next: 'Nothing.' });

  it('streams whatever the size', async () => {
    const http = await webServer((_request, response) => {
      for (let chunk = 0; chunk < 200; chunk += 1) response.write(Buffer.alloc(65_536, chunk));
      response.end();
    });
    let size = 0;
    for await (const chunk of http.download({ ...get, maxReplyBytes: 1024 ** 3 }, refusal)) size += chunk.length;
    expect(size).toBe(200 * 65_536);
  });

  it('hands a refusal to the caller and reports a stall', async () => {
    const http = await webServer((request, response) => {
      if (request.url === '/missing') response.writeHead(404).end('no');
      else response.writeHead(200, { 'content-length': '100' }).write('half');
    });
    const all = async (path: string) => {
      for await (const chunk of http.download({ ...get, path }, refusal)) expect(chunk.length).toBeGreaterThan(0);
    };
    expect((await problemOf(all('/missing'))).message).toBe('Status 404.');
    expect((await problemOf(all('/stall'))).code).toBe('NOT_ANSWERING');
  });
});
