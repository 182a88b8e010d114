// The browser host: the backend over a loopback WebSocket, the screens over HTTP. `npm start` runs it on Node 24.
import { fileURLToPath } from 'node:url';
import { openBackend } from './backend.ts';
import { runBrowserHost } from './browser/program.ts';
import { reportingStrayErrors } from './stray-errors.ts';

const rendererFolder = fileURLToPath(new URL('../dist/renderer', import.meta.url));
process.exitCode = await runBrowserHost(process.argv.slice(2), {
  openBackend: reportingStrayErrors(openBackend),
  rendererFolder,
});
