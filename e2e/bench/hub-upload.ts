import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printed, started } from './processes.ts';
import { type Figure, mb } from './table.ts';
import { type MadeObjects, madeObjects, plainPuts, Took } from './upload.ts';

const delays = [0, 50, 200];

/** Objects to a hub that answers so much later, against five plain PUTs at once to a server that does no more than that. */
export async function measureHubUploads(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'trailboss-bench-'));
  try {
    const figures: Figure[] = [];
    const sets = [
      ['100 objects of 1 MB', await madeObjects(join(dir, 'megabytes'), 100, 1_000_000)],
      ['200 objects of 20 kB', await madeObjects(join(dir, 'small'), 200, 20_000)],
    ] as const;
    for (const [what, objects] of sets) {
      for (const delay of delays) figures.push(await figure(what, objects, delay));
    }
    return figures;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function figure(what: string, objects: MadeObjects, delay: number): Promise<Figure> {
  const hub = await started(['hub-process.ts', '0', String(delay)], /hub (\S+)/);
  const took = Took.parse(JSON.parse(await printed(['hub-upload-process.ts', objects.folder, hub.said])));
  hub.stop();
  const plain = await plainPuts(objects, 5, delay);
  return {
    what: `${what}, ${delay} ms later`,
    value: `× ${(took.seconds / plain).toFixed(2)}`,
    note: `${took.seconds.toFixed(2)} s against ${plain.toFixed(2)} s, ${mb(objects.bytes / took.seconds)}/s, peak ${mb(took.peak - took.idle)} above idle`,
  };
}
