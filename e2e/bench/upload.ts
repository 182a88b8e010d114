import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { printed, started } from './processes.ts';
import { type Figure, mb } from './table.ts';

export const Took = z.object({ seconds: z.number(), idle: z.number(), peak: z.number() });

/** 200 small objects, and one of 1 GB: rate against a plain PUT of the same bytes, and the memory above idle. */
export async function measureUploads(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-bench-'));
  try {
    const small = await madeObjects(join(dir, 'small'), 200, 20_000);
    const large = await madeObjects(join(dir, 'large'), 1, 1_000_000_000);
    return [...(await figures(dir, '200 objects of 20 kB', small)), ...(await figures(dir, '1 object of 1 GB', large))];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

export interface MadeObjects {
  readonly folder: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

async function figures(dir: string, what: string, objects: MadeObjects): Promise<readonly Figure[]> {
  const device = await started(['device-process.ts', join(dir, `device-${objects.files.length}`)], /port (\d+)/);
  const took = Took.parse(JSON.parse(await printed(['upload-process.ts', objects.folder, device.said])));
  device.stop();
  const plain = await plainPuts(objects);
  const rate = objects.bytes / took.seconds;
  return [
    {
      what,
      value: `${took.seconds.toFixed(2)} s`,
      note: `${mb(rate)}/s, ${(objects.files.length / took.seconds).toFixed(0)} objects/s`,
    },
    {
      what: `  against plain PUTs one by one`,
      value: `× ${(took.seconds / plain).toFixed(2)}`,
      note: `those take ${plain.toFixed(2)} s, without hashing at the other end`,
    },
    { what: '  peak memory above idle', value: mb(took.peak - took.idle), note: `idle ${mb(took.idle)}` },
  ];
}

export async function madeObjects(folder: string, count: number, size: number): Promise<MadeObjects> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const block = randomBytes(Math.min(size, 1_000_000));
  for (let number = 0; number < count; number += 1) {
    const hash = createHash('sha256');
    const part = join(folder, 'part');
    const head = Buffer.from(`object ${number}\n`);
    await pipeline(
      Readable.from(
        (function* () {
          for (let left = size; left > 0; ) {
            const chunk =
              left === size
                ? Buffer.concat([head, block.subarray(head.length)])
                : block.subarray(0, Math.min(left, block.length));
            hash.update(chunk);
            left -= chunk.length;
            yield chunk;
          }
        })(),
      ),
      createWriteStream(part),
    );
    const file = join(folder, hash.digest('hex'));
    await rename(part, file);
    files.push(file);
  }
  return { folder, files, bytes: count * size };
}

/** The yardstick: the same bytes to a server that throws them away, so many requests at once, each answered so much later. Seconds. */
export async function plainPuts(objects: MadeObjects, atOnce = 1, delay = 0): Promise<number> {
  const server = createServer((incoming, answer) => {
    incoming.resume().on('end', () => setTimeout(() => answer.end(), delay));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const queue = [...objects.files];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) await plainPut(file, port, agent);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  server.close();
  return seconds;
}

function plainPut(file: string, port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const put = request({ host: '127.0.0.1', port, method: 'PUT', agent }, (answer) => answer.resume().on('end', resolve));
    put.on('error', reject);
    createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(put);
  });
}
