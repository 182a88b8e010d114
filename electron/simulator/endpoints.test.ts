/** Every request of the endpoint recording, in its order: the same code, the same refusals word for word, the same shape of what is read. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SimulatedDevice, startSimulatedDevice, steppedClock } from './index.ts';
import { readFixture } from './recording.ts';

const exchangeSchema = z.object({
  label: z.string(),
  method: z.string(),
  path: z.string(),
  request_headers: z.record(z.string(), z.string()),
  request_body: z.unknown(),
  status: z.number().nullable(),
  headers: z.record(z.string(), z.string()).nullable(),
  body: z.unknown(),
});
type Exchange = z.infer<typeof exchangeSchema>;

const EXCHANGES = readFixture('recordings', '12-endpoints', 'transcript.ndjson.gz')
  .trim()
  .split('\n')
  .map((line) => exchangeSchema.parse(JSON.parse(line)));

let dir: string;
let device: SimulatedDevice;
let socketPath: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trailboss-endpoints-'));
  socketPath = join(dir, 'pv-ctrl');
  const state = JSON.stringify(EXCHANGES.find((each) => each.path === '/steps/current')?.body);
  const shas = state.match(/\b[0-9a-f]{64}\b/g)?.filter((sha) => !state.includes(`sha256:${sha}`)) ?? [];
  device = await startSimulatedDevice({
    dir: join(dir, 'disk'),
    clock: steppedClock(),
    controlSocket: socketPath,
    httpPort: false,
    sshPort: false,
    seed: {
      revisions: [
        { name: '0', state: '{"#spec":"pantavisor-service-system@1"}' },
        { name: 'locals/base', state, status: 'ERROR', statusMessage: 'Object validation went wrong' },
        { name: 'locals/base2', state },
        { name: 'locals/nope-x', state, status: 'WONTGO', statusMessage: 'State JSON not found' },
      ],
      running: 'locals/base2',
      objects: [...new Set(shas)].map((sha256) => ({ sha256, content: `stands in for ${sha256}` })),
      userMeta: { 'pvr-sdk.authorized_keys': 'ecdsa-sha2-nistp256 AAAAEXAMPLEKEY user@example\n', k: 'two words' },
    },
  });
});

afterAll(async () => {
  await device.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the endpoints of pv-ctrl', () => {
  it.each(
    EXCHANGES.map(
      (exchange, index) => [`${index} ${exchange.method} ${exchange.path.slice(0, 50)} (${exchange.label})`, exchange] as const,
    ),
  )('%s', async (_name, exchange) => {
    const asked = { method: exchange.method, path: pathOf(exchange), headers: exchange.request_headers, body: bodyOf(exchange) };
    if (exchange.status === null) {
      expect(await neverAnswers(asked)).toBe(true);
      return;
    }
    const reply = await ask(asked);
    expect(reply.status).toBe(exchange.status);
    expect(reply.type).toBe(exchange.headers?.['Content-Type'] ?? exchange.headers?.['content-type']);
    expect(shapeOf(reply.body, exchange)).toEqual(shapeOf(exchange.body, exchange));
  });
});

/** The bytes of some recorded objects are not known: others of the same length stand in, under their own name. */
const standIns = new Map<string, { readonly sha: string; readonly bytes: Buffer }>();

function standIn(exchange: Exchange): { readonly sha: string; readonly bytes: Buffer } | undefined {
  const sha = /^\/objects\/([0-9a-f]{64})$/.exec(exchange.path)?.[1];
  if (sha === undefined) return undefined;
  const size = lengthOf(exchange);
  const isNew = exchange.method === 'PUT' && exchange.status === 200 && size !== undefined && size > 0 && !standIns.has(sha);
  if (isNew) {
    const bytes = Buffer.alloc(size, sha);
    standIns.set(sha, { sha: createHash('sha256').update(bytes).digest('hex'), bytes });
  }
  return standIns.get(sha);
}

function pathOf(exchange: Exchange): string {
  const other = standIn(exchange);
  return other ? `/objects/${other.sha}` : exchange.path;
}

function lengthOf({ request_body: body }: Exchange): number | undefined {
  const read = z
    .object({ bytes: z.number() })
    .or(z.object({ chars: z.number() }))
    .safeParse(body);
  if (!read.success) return undefined;
  return 'bytes' in read.data ? read.data.bytes : read.data.chars;
}

function bodyOf(exchange: Exchange): Buffer {
  const { request_body: body } = exchange;
  const size = lengthOf(exchange);
  if (size !== undefined) {
    const other = standIn(exchange);
    return other && exchange.label !== 'object-put-wrong-over-existing' ? other.bytes : Buffer.alloc(size, 'x');
  }
  if (body === null) return Buffer.alloc(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};
type Replied = { readonly status: number; readonly type: string | undefined; readonly body: unknown };

function ask({ method, path, headers, body }: Asked, signal?: AbortSignal): Promise<Replied> {
  return new Promise((resolve, reject) => {
    const withLength = { ...headers, 'Content-Length': String(body.length) };
    const sent = httpRequest(
      { socketPath, method, path, headers: withLength, agent: false, ...(signal ? { signal } : {}) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'],
            body: parsed(Buffer.concat(chunks).toString('utf8')),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Asked first, it is still open when a request that came after it has been answered. */
async function neverAnswers(asked: Asked): Promise<boolean> {
  const giveUp = new AbortController();
  let answered = false;
  const first = ask(asked, giveUp.signal).then(
    () => {
      answered = true;
    },
    () => undefined,
  );
  await ask({ method: 'GET', path: '/steps', headers: {}, body: Buffer.alloc(0) });
  giveUp.abort();
  await first;
  return !answered;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Types in place of values; refusals and metadata as they are. */
function shapeOf(body: unknown, exchange: Exchange): unknown {
  if (exchange.status !== 200 || exchange.path.startsWith('/user-meta')) return body;
  if (exchange.path.startsWith('/objects/') && exchange.method === 'GET') return 'bytes';
  if (exchange.path === '/steps') return stepShapes(body);
  return typesOf(body);
}

function stepShapes(body: unknown): unknown {
  const steps = z.array(z.looseObject({ name: z.string(), commitmsg: z.string(), progress: z.unknown() })).parse(body);
  return steps.map(({ name, commitmsg, progress, ...rest }) => ({ name, commitmsg, progress, rest: typesOf(rest) }));
}

function typesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(typesOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).map(([key, inner]) => [key, key === 'interfaces' ? 'of the board' : typesOf(inner)]);
  return Object.fromEntries(entries);
}
