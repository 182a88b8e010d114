// The browser host: the backend over a loopback WebSocket, the screens over HTTP. `npm start` runs it on Node 24.
import { openBackend } from './backend.ts';
import { runBrowserHost } from './browser/program.ts';

process.exitCode = await runBrowserHost(process.argv.slice(2), openBackend);
