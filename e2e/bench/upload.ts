import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type Figure, mb } from './table.ts';

const Took = z.object({ seconds: z.number(), idle: z.number(), peak: z.number() });

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

interface MadeObjects {
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

async function madeObjects(folder: string, count: number, size: number): Promise<MadeObjects> {
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

/** The yardstick: the same bytes to a server that throws them away, one request after the other. */
async function plainPuts(objects: MadeObjects): Promise<number> {
  const server = createServer((incoming, answer) => {
    incoming.resume().on('end', () => answer.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const began = performance.now();
  for (const file of objects.files) {
    await new Promise<void>((resolve, reject) => {
      const put = request({ host: '127.0.0.1', port, method: 'PUT' }, (answer) => answer.resume().on('end', resolve));
      put.on('error', reject);
      createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(put);
    });
  }
  const seconds = (performance.now() - began) / 1000;
  server.close();
  return seconds;
}

function script(args: readonly string[]) {
  const [name = '', ...rest] = args;
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, name), ...rest], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function started(args: readonly string[], wanted: RegExp): Promise<{ said: string; stop(): void }> {
  const child = script(args);
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const said = wanted.exec(output)?.[1];
      if (said !== undefined) resolve({ said, stop: () => child.kill('SIGKILL') });
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
}

function printed(args: readonly string[]): Promise<string> {
  const child = script(args);
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`${args[0]} ended with ${code}`))));
  });
}
