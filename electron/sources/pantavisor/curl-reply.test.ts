import { describe, expect, it } from 'vitest';
import { parseCurlReply } from './curl-reply.ts';

const parsed = (text: string) => {
  const reply = parseCurlReply(Buffer.from(text, 'latin1'));
  return reply === undefined ? undefined : { ...reply, body: Buffer.from(reply.body).toString('latin1') };
};

describe('parseCurlReply', () => {
  it('takes status, Retry-After and the exact body apart', () => {
    const head = 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 35\r\n\r\n';
    expect(parsed(`${head}{"Error":"Resource does not exist"}`)).toEqual({
      status: 404,
      retryAfterSeconds: undefined,
      body: '{"Error":"Resource does not exist"}',
    });
    expect(parsed('HTTP/1.1 503 Error\r\nretry-after: 120\r\n\r\n')?.retryAfterSeconds).toBe(120);
  });

  it('keeps a body that looks like a header, line ends and bytes included', () => {
    const body = 'HTTP/1.1 500 x\r\n\r\n\xff\x00\r\n';
    expect(parsed(`HTTP/1.1 200 OK\r\n\r\n${body}`)?.body).toBe(body);
  });

  it('passes 100 Continue over', () => {
    expect(parsed('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\n\r\nok')).toMatchObject({ status: 200, body: 'ok' });
  });

  it.each(['', 'HTTP/1.1 200 OK\r\nContent-', 'curl: not found\n', 'HTTP/1.1 100 Continue\r\n\r\n', 'ok\r\n\r\n'])(
    'finds no reply in %j',
    (text) => {
      expect(parsed(text)).toBeUndefined();
    },
  );
});
