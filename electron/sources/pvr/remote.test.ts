import { createHash } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { Sha256 } from '../../../shared/state/ids.ts';
import { placeOf } from './places.ts';
import { PvrRemote } from './remote.ts';
import { type ScriptedRemote, scriptedRemote, type Trick, transcript } from './scripted-remote.ts';

const never = new AbortController().signal;
const recorded = transcript('get-full');
const kernel = Sha256.parse('61c8ebfad6469cdd7a0ba25297e16672902d44e7a46c237d94256d10c6f9f003');

async function remoteWith(trick?: Trick, url = (server: ScriptedRemote) => server.url) {
  const server = await scriptedRemote(recorded, trick);
  onTestFinished(() => server.close());
  const remote = new PvrRemote(url(server), { stallMs: 300 });
  onTestFinished(() => remote.close());
  return { server, remote };
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function problemOf(work: Promise<unknown>): Promise<{ code: string; what: string; next: string }> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TrailbossError) return { code: error.code, ...error.data };
  throw new Error(`a TrailbossError was expected, not ${String(error)}`);
}

const at =
  (path: string, answer: (response: Parameters<Trick>[1], origin: string) => void): Trick =>
  (request, response, origin) => {
    if (request.url !== path) return false;
    answer(response, origin);
    return true;
  };

describe('as the transcript has it', () => {
  test('the state comes in its own bytes, an object with the right ones, and no token goes along', async () => {
    const { server, remote } = await remoteWith();
    expect(await remote.state(never)).toBe(recorded.deviceStateBefore);
    expect(
      createHash('sha256')
        .update(await all(remote.object(kernel, never)))
        .digest('hex'),
    ).toBe(kernel);
    expect(server.seen).toEqual([
      'GET /cgi-bin/pvr/.pvrremote',
      'GET /cgi-bin/pvr/json',
      `GET /cgi-bin/pvr/objects/${kernel}`,
      `GET /get/${kernel}`,
    ]);
    expect(server.headers.every((headers) => headers.authorization === undefined && headers.cookie === undefined)).toBe(true);
  });
});

describe('what pvr does not notice', () => {
  test('wrong bytes', async () => {
    const { remote } = await remoteWith(at(`/get/${kernel}`, (response) => response.end('CORRUPT..')));
    expect(await problemOf(all(remote.object(kernel, never)))).toMatchObject({ code: 'BAD_CHECKSUM' });
  });

  test('more bytes than were announced, without end', async () => {
    const { remote } = await remoteWith(
      at(`/get/${kernel}`, (response) => {
        const more = () => response.destroyed || response.write(Buffer.alloc(65_536), more);
        more();
      }),
    );
    expect(await problemOf(all(remote.object(kernel, never)))).toMatchObject({ code: 'BAD_CHECKSUM' });
  });

  test.each([
    ['{}', 'has no “#spec”'],
    ['[]', 'no object'],
    ['{"#spec":', 'no JSON'],
    ['<html>hello', 'a web page'],
  ])('a state that is %s', async (body, said) => {
    const { remote } = await remoteWith(at('/cgi-bin/pvr/json', (response) => response.end(body)));
    expect((await problemOf(remote.state(never))).what).toContain(said);
  });

  test('a state with a status of refusal', async () => {
    const { remote } = await remoteWith(at('/cgi-bin/pvr/json', (response) => response.writeHead(500).end('{"#spec":"s"}')));
    expect(await problemOf(remote.state(never))).toMatchObject({ code: 'NOT_ANSWERING' });
  });
});

describe('whoever wants a login is asked once', () => {
  test('a challenge says to sign in', async () => {
    const challenge = { 'www-authenticate': 'JWT realm="pantahub services", ph-aeps="https://api.example.com/auth"' };
    const { server, remote } = await remoteWith(at('/cgi-bin/pvr/json', (response) => response.writeHead(401, challenge).end()));
    const { code, next } = await problemOf(remote.state(never));
    expect([code, next.startsWith('Sign in to its hub')]).toEqual(['LOGIN_REFUSED', true]);
    expect(server.seen).toHaveLength(2);
  });

  test.each([401, 403])('a bare %d, for which pvr asks for ever or falls', async (status) => {
    const { server, remote } = await remoteWith(at('/cgi-bin/pvr/.pvrremote', (response) => response.writeHead(status).end()));
    expect((await problemOf(remote.state(never))).code).toBe('LOGIN_REFUSED');
    expect(server.seen).toHaveLength(1);
  });
});

describe('nobody is sent elsewhere unseen', () => {
  test('by a redirect', async () => {
    const { remote } = await remoteWith(
      at('/cgi-bin/pvr/json', (response) => response.writeHead(302, { location: 'http://elsewhere.example/json' }).end()),
    );
    expect(await problemOf(remote.state(never))).toMatchObject({ code: 'BAD_REPLY' });
  });

  test('a redirect on the same host is followed, and not for ever', async () => {
    const { remote } = await remoteWith(
      at('/cgi-bin/pvr/json', (response) => response.writeHead(301, { location: '/cgi-bin/pvr/state' }).end()),
    );
    expect((await problemOf(remote.state(never))).code).toBe('NOT_FOUND');
    const looping = await remoteWith(at('/cgi-bin/pvr/json', (response) => response.writeHead(301, { location: 'json' }).end()));
    expect((await problemOf(looping.remote.state(never))).code).toBe('BAD_REPLY');
  });

  test('by what the endpoint of a device says of itself, or of an object', async () => {
    const tell = (state: string) =>
      at('/cgi-bin/pvr/.pvrremote', (response, origin) =>
        response.end(
          JSON.stringify({ 'json-get-url': state, 'objects-endpoint': `${origin}/cgi-bin/pvr/objects`, 'post-url': origin }),
        ),
      );
    const { remote } = await remoteWith(tell('http://elsewhere.example/json'));
    expect((await problemOf(remote.state(never))).code).toBe('BAD_REPLY');
    const itself = await remoteWith(tell('http://10.1.2.3:12368/cgi-bin/pvr/json'));
    expect(await itself.remote.state(never)).toBe(recorded.deviceStateBefore);
    const signed = await remoteWith(
      at(`/cgi-bin/pvr/objects/${kernel}`, (response) => response.end('{"signed-geturl":"http://elsewhere.example/x"}')),
    );
    expect((await problemOf(all(signed.remote.object(kernel, never)))).code).toBe('BAD_REPLY');
  });

  test('a hub has its API elsewhere, but never less safe, and never with a login in its address', () => {
    const hub = new URL('https://pvr.example.com/nick/dev');
    const place = (text: string, base = hub) => placeOf(text, base, new Set())?.href;
    expect(place('https://api.example.com/trails/1/state')).toBe('https://api.example.com/trails/1/state');
    expect(place('http://api.example.com/trails/1/state')).toBeUndefined();
    expect(place('https://me:pw@api.example.com/x')).toBeUndefined();
    expect(place('file:///etc/passwd')).toBeUndefined();
    expect(place('http://localhost:12365/trails/1')).toBe('https://pvr.example.com/trails/1');
  });
});

describe('troubles of the network', () => {
  test('nobody there, and no pvr endpoint', async () => {
    const { server, remote } = await remoteWith(undefined, ({ origin }) => `${origin}/elsewhere`);
    expect((await problemOf(remote.state(never))).code).toBe('NOT_A_DEVICE');
    await server.close();
    const late = new PvrRemote(server.url);
    expect((await problemOf(late.state(never))).code).toBe('UNREACHABLE');
    await late.close();
  });

  test('cut off in the middle, or silent', async () => {
    const cut = at(`/get/${kernel}`, (response) => {
      response.writeHead(200, { 'content-length': '9' }).write('KER');
      setImmediate(() => response.destroy());
    });
    const { remote } = await remoteWith(cut);
    expect((await problemOf(all(remote.object(kernel, never)))).code).toBe('NOT_ANSWERING');
    const stalled = await remoteWith(at(`/get/${kernel}`, (response) => void response.writeHead(200).write('KER')));
    expect((await problemOf(all(stalled.remote.object(kernel, never)))).code).toBe('NOT_ANSWERING');
  });

  test('an object that is not there', async () => {
    const { remote } = await remoteWith();
    const { code, what } = await problemOf(all(remote.object(Sha256.parse('0'.repeat(64)), never)));
    expect([code, what.includes('00000000')]).toEqual(['NOT_FOUND', true]);
  });

  test('cancelled while it waits', async () => {
    const stop = new AbortController();
    const { remote } = await remoteWith(at('/cgi-bin/pvr/json', () => stop.abort()));
    expect((await problemOf(remote.state(stop.signal))).code).toBe('CANCELLED');
  });
});
