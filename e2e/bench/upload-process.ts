// Uploads the objects of a folder to a device as the program does, in a process of its own, and prints what it took.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { uploadAll } from '../../electron/revisions/upload.ts';
import { pantavisorSource } from '../../electron/sources/pantavisor/index.ts';
import { ObjectStore } from '../../electron/storage/objects.ts';
import { Sha256 } from '../../shared/state/ids.ts';

const [dir, port] = process.argv.slice(2);
if (dir === undefined || port === undefined) throw new Error('usage: upload-process DIR PORT');
const store = new ObjectStore(dir);
const items = await Promise.all(
  (await readdir(dir)).map(async (name) => ({
    sha: Sha256.parse(name),
    size: (await stat(join(dir, name))).size,
    key: `bench/${name}`,
    open: (reading: AbortSignal) => store.read(Sha256.parse(name), reading),
  })),
);
const signal = AbortSignal.timeout(600_000);
const connection = { host: '127.0.0.1', http: { port: Number(port) }, ssh: null };
const keys = { keyFor: () => Promise.reject(new Error('no key is needed')) };
const link = pantavisorSource.open(connection, { trust: { pinned: () => undefined }, keys, now: Date.now });
await link.connect(signal);
const idle = process.memoryUsage().rss;
const began = performance.now();
await uploadAll(link, items, () => {}, signal);
const seconds = (performance.now() - began) / 1000;
const peak = process.resourceUsage().maxRSS * 1024;
await link.close();
console.log(JSON.stringify({ seconds, idle, peak }));
