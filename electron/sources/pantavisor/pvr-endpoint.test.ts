import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { RevisionName, Sha256 } from '../../../shared/state/ids.ts';
import type { ObjectUpload } from '../source.ts';
import { PvrEndpoint } from './pvr-endpoint.ts';
import { type Exchange, pvrTranscript } from './recorded.ts';

const never = new AbortController().signal;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

type Answer = (seen: Seen, response: ServerResponse, origin: string) => void;

/** A server that keeps what it was asked, and an endpoint that asks it. */
async function endpointAt(
  answer: Answer,
): Promise<{ readonly endpoint: PvrEndpoint; readonly seen: Seen[]; readonly port: number }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const body = (await bodyOf(request).catch(() => Buffer.alloc(0))).toString();
    const entry = { method: request.method ?? '', path: request.url ?? '', contentType: request.headers['content-type'], body };
    seen.push(entry);
    answer(entry, response, `http://${request.headers.host}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = new PvrEndpoint({ host: '127.0.0.1', port });
  closers.push(
    () => new Promise((resolve) => server.close(resolve)),
    async () => server.closeAllConnections(),
    () => endpoint.close(),
  );
  return { endpoint, seen, port };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Answers as the transcript's server did, whatever the order. */
function replay(transcript: readonly Exchange[]): Answer {
  return (seen, response, origin) => {
    const match =
      transcript.find((entry) => entry.method === seen.method && entry.path === seen.path && entry.requestBody === seen.body) ??
      transcript.find((entry) => entry.method === seen.method && entry.path === seen.path);
    if (match === undefined) return response.writeHead(404).end();
    const body = (match.responseBody ?? '').replaceAll('http://127.0.0.1:12368', origin);
    return response.writeHead(match.status, { 'content-type': match.responseHeaders['Content-Type'] ?? '' }).end(body);
  };
}

const remote = (origin: string) =>
  JSON.stringify({
    'json-get-url': `${origin}/cgi-bin/pvr/json`,
    'objects-endpoint': `${origin}/cgi-bin/pvr/objects`,
    'post-url': `${origin}/cgi-bin/pvr/post`,
  });

function uploadOf(text: string, name: string): ObjectUpload {
  const bytes = Buffer.from(text);
  const sha = Sha256.parse(createHash('sha256').update(bytes).digest('hex'));
  return {
    sha,
    size: bytes.length,
    name,
    open: async function* () {
      yield bytes;
    },
    onBytes: () => undefined,
  };
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('with the server of pvr’s transcripts', () => {
  it('asks for uploads and posts as pvr does, request by request', async () => {
    const transcript = pvrTranscript('post-envelope-rev');
    const { endpoint, seen } = await endpointAt(replay(transcript));
    expect(await endpoint.uploadObject(uploadOf('brand new\n', 'app1/newfile'), never)).toBe('sent');
    const known = transcript.find((entry) => entry.status === 409);
    const knownSha = Sha256.parse(JSON.parse(known?.requestBody ?? '{}').sha256sum);
    const upload = { ...uploadOf('x'.repeat(42), 'app1/known'), sha: knownSha };
    expect(await endpoint.uploadObject(upload, never)).toBe('already-there');
    const theirs = transcript.at(-1)?.requestBody ?? '';
    const state = theirs.slice(theirs.indexOf('"post":') + '"post":'.length, theirs.lastIndexOf(',"rev":'));
    expect(await endpoint.post({ name: RevisionName.parse('locals/x'), message: '', state }, never)).toBe('locals/pvr-sdk-1');

    const asked = seen.map(({ method, path, body }) => ({ method, path, body }));
    const expected = transcript
      .filter(
        (entry) =>
          entry.path !== '/cgi-bin/pvr/json' && !(entry.path.endsWith('/objects/') && entry.requestBody?.includes('same-as-new')),
      )
      .map(({ method, path, requestBody = '' }) => ({ method, path, body: requestBody.replace('"extra":1.5E0,', '') }));
    const order = (list: typeof asked) => list.map((entry) => JSON.stringify(entry)).toSorted();
    expect(order(asked)).toEqual(order(expected));
    expect(seen.at(-1)?.contentType).toBe('text/plain; charset=utf-8');
  });

  it('reads the state byte for byte and objects by their sha', async () => {
    const transcript = pvrTranscript('get-full');
    const { endpoint } = await endpointAt(replay(transcript));
    expect(await endpoint.state(never)).toBe(transcript.find((entry) => entry.path === '/cgi-bin/pvr/json')?.responseBody);
    const downloads = transcript.filter((entry) => entry.path.startsWith('/get/'));
    expect(downloads.length).toBeGreaterThan(2);
    for (const { path, responseBody = '' } of downloads) {
      const sha = Sha256.parse(path.slice('/get/'.length));
      const intact = createHash('sha256').update(responseBody).digest('hex') === sha;
      const bytes = all(endpoint.downloadObject(sha, never));
      if (intact) expect((await bytes).toString()).toBe(responseBody);
      else await expect(bytes).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
    }
  });

  it('puts the state under the key that the endpoint wants', async () => {
    const { endpoint, seen } = await endpointAt(replay(pvrTranscript('post-json-key')));
    await endpoint.post({ name: RevisionName.parse('locals/x'), message: 'why', state: '{"#spec": "a"}' }, never);
    expect(seen.at(-1)?.body).toBe('{"commit-msg":"why","rev":"locals/x","state":{"#spec": "a"}}');
  });
});

describe('what is no pvr endpoint', () => {
  it.each([
    ['has no such page', 404, 'text/html', '<h1>Not Found</h1>', 'NOT_A_DEVICE'],
    ['is a router', 200, 'text/html', '<!DOCTYPE html><title>Router</title>', 'NOT_A_DEVICE'],
    ['is a broken web server', 502, 'text/html', '<html>Bad Gateway</html>', 'NOT_A_DEVICE'],
    ['wants a login', 401, 'application/json', '{"error":"login"}', 'LOGIN_REFUSED'],
    ['sends other JSON', 200, 'application/json', '{"hello": "world"}', 'BAD_REPLY'],
    ['sends half of it', 200, 'application/json', '{"pvr-spec": "pvr', 'BAD_REPLY'],
    ['sends nothing', 200, 'application/json', '', 'BAD_REPLY'],
    ['sends binary', 200, 'application/octet-stream', Buffer.from([0xff, 0xfe, 0x00]), 'BAD_REPLY'],
    ['is the hub', 200, 'application/json', remote('https://api.pantahub.com'), 'BAD_REPLY'],
  ])('%s', async (_what, status, type, body, code) => {
    const { endpoint } = await endpointAt(
      (_seen, response) => void response.writeHead(status, { 'content-type': type }).end(body),
    );
    await expect(endpoint.discover(never)).rejects.toMatchObject({ code });
  });
});

describe('a device with quirks', () => {
  const quirky =
    (answers: Readonly<Record<string, (response: ServerResponse, origin: string) => void>>): Answer =>
    (seen, response, origin) => {
      if (seen.path.endsWith('.pvrremote')) return void response.end(remote(origin));
      const answer = answers[`${seen.method} ${seen.path.replace(/[0-9a-f]{64}/, 'SHA')}`];
      return answer === undefined ? void response.writeHead(404).end() : answer(response, origin);
    };
  const json =
    (value: unknown, status = 200) =>
    (response: ServerResponse) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

  it.each([
    ['no object', '[1, 2]'],
    ['an empty object', '{}'],
    ['half of it', '{"#spec": "pantavisor-service-system@1", "a'],
    ['no text', Buffer.from([0x7b, 0xff, 0x7d])],
  ])('sends a state that is %s', async (_what, body) => {
    const { endpoint } = await endpointAt(quirky({ 'GET /cgi-bin/pvr/json': (response) => void response.end(body) }));
    await expect(endpoint.state(never)).rejects.toMatchObject({ code: 'BAD_REPLY' });
  });

  it('sends a state of 100 MB', async () => {
    const { endpoint } = await endpointAt(
      quirky({
        'GET /cgi-bin/pvr/json': (response) => {
          const chunk = Buffer.alloc(1024 * 1024, 0x20);
          const more = (left: number): void => {
            if (left === 0 || response.destroyed) return void response.end('{}');
            response.write(chunk, () => more(left - 1));
          };
          more(100);
        },
      }),
    );
    await expect(endpoint.state(never)).rejects.toMatchObject({ code: 'BAD_REPLY' });
  });

  it('sends its clients elsewhere with signed URLs', async () => {
    const away = { 'signed-puturl': 'http://example.invalid/put', 'signed-geturl': 'http://example.invalid/get' };
    const { endpoint, seen } = await endpointAt(
      quirky({ 'POST /cgi-bin/pvr/objects/': json(away), 'GET /cgi-bin/pvr/objects/SHA': json(away) }),
    );
    const upload = uploadOf('secret', 'a');
    await expect(endpoint.uploadObject(upload, never)).rejects.toMatchObject({ code: 'BAD_REPLY' });
    await expect(all(endpoint.downloadObject(upload.sha, never))).rejects.toMatchObject({ code: 'BAD_REPLY' });
    expect(seen.some(({ body }) => body.includes('secret') && !body.includes('objectname'))).toBe(false);
  });

  it('sends other bytes than were asked for', async () => {
    const { endpoint } = await endpointAt(
      quirky({
        'GET /cgi-bin/pvr/objects/SHA': (response, origin) => json({ 'signed-geturl': `${origin}/get/1` })(response),
        'GET /get/1': (response) => void response.end('tampered'),
      }),
    );
    await expect(all(endpoint.downloadObject(uploadOf('good', 'a').sha, never))).rejects.toMatchObject({ code: 'BAD_CHECKSUM' });
  });

  it.each([
    [500, { error: 'disk full' }, 'NO_SPACE'],
    [507, { Error: 'Not enough disk space available' }, 'NO_SPACE'],
    [422, { Error: 'Object has bad checksum' }, 'BAD_CHECKSUM'],
    [403, { error: 'no' }, 'REFUSED_BY_DEVICE'],
  ])('refuses an upload with %i %j', async (status, body, code) => {
    const { endpoint } = await endpointAt(
      quirky({
        'POST /cgi-bin/pvr/objects/': (response, origin) => json({ 'signed-puturl': `${origin}/put/1` })(response),
        'PUT /put/1': json(body, status),
      }),
    );
    await expect(endpoint.uploadObject(uploadOf('x', 'a'), never)).rejects.toMatchObject({ code });
  });

  it.each([
    [{ rev: -1, revlocal: 'locals/mine' }, 'locals/mine'],
    [{ rev: '-1', revlocal: 'locals/mine' }, 'locals/mine'],
    [{ rev: 14 }, '14'],
    [{ rev: '14' }, '14'],
    [{ revlocal: 'locals/mine' }, 'locals/mine'],
  ])('names the posted revision with %j', async (answer, name) => {
    const { endpoint } = await endpointAt(quirky({ 'POST /cgi-bin/pvr/post': json(answer) }));
    expect(await endpoint.post({ name: RevisionName.parse('locals/x'), message: '', state: '{"#spec":"x"}' }, never)).toBe(name);
  });

  it('says what is known when the answer to a post can’t be read', async () => {
    const { endpoint } = await endpointAt(quirky({ 'POST /cgi-bin/pvr/post': json({ ok: true }) }));
    const posted = endpoint.post({ name: RevisionName.parse('locals/x'), message: '', state: '{"#spec":"x"}' }, never);
    await expect(posted).rejects.toMatchObject({
      code: 'BAD_REPLY',
      data: { unchanged: expect.stringContaining('took the revision') },
    });
  });
});
