/** The requests of the real pvr, as they were recorded, made of the simulated pvr endpoint: the same codes, the same fields. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SimulatedDevice, startSimulatedDevice } from './index.ts';
import { readFixture } from './recording.ts';

const exchangeSchema = z.object({
  method: z.string(),
  path: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string().exactOptional(),
  requestBodyBase64: z.string().exactOptional(),
  status: z.number(),
  responseBody: z.string().exactOptional(),
  responseBodyBase64: z.string().exactOptional(),
});
type Exchange = z.infer<typeof exchangeSchema>;

/** Recorded of an endpoint that was told to misbehave, or to ask for a login: no device's endpoint does that. */
const OTHER_ENDPOINTS = /^auth-|answer-|noremote|object-500|put-403|json-key|rejected|fastcopy-int|fastcopy-answer/;
/** What the endpoint was told to do wrong in one of its objects: the rest is as everywhere. */
const ODD_OBJECT: Readonly<Record<string, string>> = {
  'get-object-404': '2a19cae550c1b454e04c27897936468f18593a0c702e097f74e722ab52d417fd',
};

const names = readdirSync(join(import.meta.dirname, 'fixtures', 'pvr-remote'))
  .map((file) => file.replace('.ndjson.gz', ''))
  .filter((name) => !OTHER_ENDPOINTS.test(name));

function exchangesOf(name: string): readonly Exchange[] {
  const lines = readFixture('pvr-remote', `${name}.ndjson.gz`).trim().split('\n');
  return lines.map((line) => exchangeSchema.parse(JSON.parse(line)));
}

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A device that runs the recorded state, with the recorded objects, and those that were known there before. */
async function start(exchanges: readonly Exchange[], missing: string | undefined): Promise<SimulatedDevice> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-pvr-'));
  const state = exchanges.find((each) => each.method === 'GET' && each.path === '/cgi-bin/pvr/json')?.responseBody ?? '{}';
  const known = exchanges.filter((each) => each.status === 409).map((each) => shaOffered(each));
  const contents = new Map(
    exchanges.filter((each) => each.path.startsWith('/get/')).map((each) => [each.path.slice(5), bytesOf(each, 'response')]),
  );
  const shas = new Set([...(state.match(/\b[0-9a-f]{64}\b/g) ?? []), ...known]);
  const device = await startSimulatedDevice({
    dir,
    timeScale: 0.01,
    sshPort: false,
    seed: {
      revisions: [{ name: '0', state }],
      objects: [...shas]
        .filter((sha) => sha !== missing)
        .map((sha256) => ({ sha256, content: contents.get(sha256) ?? `stands in for ${sha256}` })),
    },
  });
  closers.push(
    () => rm(dir, { recursive: true, force: true }),
    () => device.close(),
  );
  return device;
}

function shaOffered(each: Exchange): string {
  return z.object({ sha256sum: z.string() }).parse(JSON.parse(each.requestBody ?? '')).sha256sum;
}

function bytesOf(each: Exchange, side: 'request' | 'response'): Buffer {
  const [text, base64] =
    side === 'request' ? [each.requestBody, each.requestBodyBase64] : [each.responseBody, each.responseBodyBase64];
  return base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
}

describe('the simulated pvr endpoint', () => {
  it.each(names)('answers %s as pvr expects', async (name) => {
    const exchanges = exchangesOf(name);
    const device = await start(exchanges, ODD_OBJECT[name]);
    const origin = `http://127.0.0.1:${device.httpPort}`;
    for (const each of exchanges) {
      const body = bytesOf(each, 'request');
      const { 'Content-Type': type } = each.requestHeaders;
      const reply = await fetch(`${origin}${each.path}`, {
        method: each.method,
        ...(each.method === 'GET' ? {} : { body: new Uint8Array(body) }),
        ...(type === undefined ? {} : { headers: { 'Content-Type': type } }),
      });
      const answered = Buffer.from(await reply.arrayBuffer());
      const asked = `${each.method} ${each.path}`;
      expect(reply.status, asked).toBe(each.status);
      if (each.status === 409)
        expect(Object.keys(fieldsOf(answered)), asked).toEqual(expect.arrayContaining(fieldsOfKnown(each)));
      else expect(shapeOf(answered, each), asked).toEqual(shapeOf(bytesOf(each, 'response'), each));
    }
  });

  it('installs a posted state under the name in `rev`, runs it, and keeps its text and message', async () => {
    const exchanges = exchangesOf('post');
    const device = await start(exchanges, undefined);
    const base = `http://127.0.0.1:${device.httpPort}/cgi-bin/pvr`;
    const post = { 'commit-msg': 'from here', post: { '#spec': 'pantavisor-service-system@1' }, rev: 'locals/by-name' };
    const reply = await (await fetch(`${base}/post`, { method: 'POST', body: JSON.stringify(post) })).json();
    expect(reply).toEqual({
      rev: -1,
      revlocal: 'locals/by-name',
      'state-sha': createHash('sha256').update('{"#spec":"pantavisor-service-system@1"}').digest('hex'),
      'trail-id': 'local',
    });
    await device.whenIdle();
    expect(device.boot().running).toBe('locals/by-name');
    expect(await (await fetch(`${base}/json`)).text()).toBe('{"#spec":"pantavisor-service-system@1"}');
  });

  it('gives the address of an object that is there, and takes its bytes once more', async () => {
    const known = exchangesOf('post-force').find((each) => each.status === 409);
    const device = await start(exchangesOf('post-force'), undefined);
    const origin = `http://127.0.0.1:${device.httpPort}`;
    const reply = await fetch(`${origin}/cgi-bin/pvr/objects/`, { method: 'POST', body: known?.requestBody ?? '' });
    const sha = known && shaOffered(known);
    expect([reply.status, await reply.json()]).toMatchObject([
      409,
      { id: sha, objectname: 'app1/known', 'signed-puturl': `${origin}/put/${sha}`, 'signed-geturl': `${origin}/get/${sha}` },
    ]);
    expect(
      (await fetch(`${origin}/put/${sha}`, { method: 'PUT', body: 'object on the device but not in its state\n' })).status,
    ).toBe(200);
  });

  it.each(['locals/.', 'locals/..'])('refuses %s as a name, and writes nothing', async (rev) => {
    const device = await start(exchangesOf('post'), undefined);
    const base = `http://127.0.0.1:${device.httpPort}/cgi-bin/pvr`;
    const body = JSON.stringify({ post: { '#spec': 'pantavisor-service-system@1' }, rev });
    const reply = await fetch(`${base}/post`, { method: 'POST', body });
    expect([reply.status, await reply.json()]).toEqual([400, { Error: 'Request has bas step name' }]);
    expect(device.boot().running).toBe('0');
  });

  it('refuses a state that the device refuses, and changes nothing', async () => {
    const device = await start(exchangesOf('post'), undefined);
    const base = `http://127.0.0.1:${device.httpPort}/cgi-bin/pvr`;
    const reply = await fetch(`${base}/post`, { method: 'POST', body: '{"post":{"web/run.json":{}},"rev":-1}' });
    expect([reply.status, await reply.json()]).toEqual([422, { Error: 'Parser: State JSON has bad format' }]);
    expect(device.boot().running).toBe('0');
  });
});

/**
 * Of an object that is there the scripted endpoint says no more than its id, but for `post -f`, which reads on: it takes the fields of
 * the whole object, as the hub sends them with every 409.
 */
function fieldsOfKnown(each: Exchange): string[] {
  return Object.keys(fieldsOf(bytesOf(each, 'response')));
}

function fieldsOf(bytes: Buffer): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(bytes.toString('utf8')));
}

/** The state and the objects as they are; else the names of the fields, and the values that pvr looks at. */
function shapeOf(bytes: Buffer, each: Exchange): unknown {
  const text = bytes.toString('utf8');
  if (each.path.startsWith('/get/')) return text;
  if (text === '') return '';
  const fields = fieldsOf(bytes);
  if (each.path === '/cgi-bin/pvr/json') return fields;
  const { rev, 'state-sha': sha, 'pvr-spec': spec, 'post-fields': post, 'post-fields-opt': optional } = fields;
  return {
    fields: Object.keys(fields).sort(),
    types: Object.values(fields)
      .map((one) => typeof one)
      .sort(),
    rev,
    sha,
    spec,
    post,
    optional,
  };
}
