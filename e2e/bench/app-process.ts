// The browser host in a process of its own that tells what it costs. At each line on its standard input it prints what was wanted:
// `cost` its memory after a collection and its processor time, `opened` how long opening took, `listed` once so many devices are there,
// `sign-in URL` after it signed in to a hub.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { openBackend } from '../../electron/backend.ts';
import { runBrowserHost } from '../../electron/browser/program.ts';
import type { Router } from '../../electron/router/index.ts';
import { person } from '../local-hub.ts';
import { onAsked } from './asked.ts';

const [rendererFolder = '', ...args] = process.argv.slice(2);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
let client: RouterClient<Router> | undefined;
let opened = 0;
let first = 0;

onAsked((line) => {
  const [what, rest] = line.split(' ');
  if (what === 'cost') {
    const { user, system } = process.cpuUsage();
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    console.log(`cost ${JSON.stringify({ heap: heapUsed, rss, cpu: (user + system) / 1000 })}`);
  }
  if (what === 'opened') console.log(`opened ${JSON.stringify({ opened, first })}`);
  if (what === 'sign-in') void signIn(rest ?? '');
});

async function signIn(url: string): Promise<void> {
  await client?.hub.chooseSecrets({ kind: 'memory' });
  await client?.hub.signIn({ url, username: person.nick, password: person.password });
  console.log('signed-in yes');
}

const code = await runBrowserHost(['--browser', '--no-open', '--port', '0', ...args], {
  openBackend: async (options) => {
    const began = performance.now();
    const backend = await openBackend(options);
    opened = performance.now() - began;
    client = createRouterClient(backend.router as Router);
    // Without a window: how long the first rows take from the store alone.
    for await (const _event of await client.fleet.watch()) break;
    first = performance.now() - began;
    return backend;
  },
  rendererFolder,
});
// Its standard input is still open.
process.exit(code);
