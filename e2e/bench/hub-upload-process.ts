// Uploads the objects of a folder to a hub as the program does, in a process of its own, and prints what it took.
import { uploadAll } from '../../electron/revisions/upload.ts';
import { openHub, signInWithPassword } from '../../electron/sources/hub/index.ts';
import { hubLink } from '../../electron/sources/hub/link.ts';
import { HubDeviceId } from '../../shared/contract/hub.ts';
import { person } from '../local-hub.ts';
import { itemsIn } from './items.ts';

const [dir, url] = process.argv.slice(2);
if (dir === undefined || url === undefined) throw new Error('usage: hub-upload-process DIR URL');
const items = await itemsIn(dir);
const signal = AbortSignal.timeout(600_000);
const login = { username: person.nick, password: person.password };
const { credential } = await signInWithPassword({ url }, login, { now: Date.now, computer: 'bench', signal });
const client = openHub({ url }, credential, { now: Date.now, onCredential: () => {} });
await client.user(signal);
const link = hubLink(client, HubDeviceId.parse('0'.repeat(24)), { now: Date.now });
const idle = process.memoryUsage().rss;
const began = performance.now();
await uploadAll(link, items, () => {}, signal);
const seconds = (performance.now() - began) / 1000;
const peak = process.resourceUsage().maxRSS * 1024;
await client.close();
console.log(JSON.stringify({ seconds, idle, peak }));
