// Uploads the objects of a folder to a device as the program does, in a process of its own, and prints what it took.
import { uploadAll } from '../../electron/revisions/upload.ts';
import { pantavisorSource } from '../../electron/sources/pantavisor/index.ts';
import { itemsIn } from './items.ts';

const [dir, port] = process.argv.slice(2);
if (dir === undefined || port === undefined) throw new Error('usage: upload-process DIR PORT');
const items = await itemsIn(dir);
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
