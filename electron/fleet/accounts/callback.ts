import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { cancelled } from '../../net/deadline.ts';

/** How long a person may take to sign in in the browser, in milliseconds. */
export const longestBrowserSignIn = 5 * 60_000;

const path = '/callback';

/** The page to which the hub sends the browser back. */
export interface SignInCallback {
  /**
   * What the hub is told to send the browser to. It takes no other path (hub: auth/thirdparty.go), and for programs that are not
   * registered `localhost` only (hub: accounts/accountsdata/default.go), which browsers look for at 127.0.0.1 too.
   */
  readonly redirectUri: string;
  /**
   * The code that comes with this state, once. Whatever comes with another state is turned away and not waited for less.
   * CANCELLED when the signal fires or nobody comes in time; LOGIN_REFUSED where the hub says why not.
   */
  code(state: string, signal: AbortSignal): Promise<string>;
  close(): void;
}

type Outcome = { readonly code: string } | { readonly refused: string };

/** Opens a port of this computer for one sign-in. Nothing of what comes in is logged. */
export async function openCallback(waitMs = longestBrowserSignIn): Promise<SignInCallback> {
  let wanted: { readonly state: string; readonly end: (outcome: Outcome) => void } | undefined;
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 }, (request, response) => {
    const query = queryOf(request);
    if (query === undefined) return page(response, 404, 'There is nothing here', 'Trailboss waits at another address.');
    if (wanted === undefined || query.get('state') !== wanted.state) {
      return page(response, 400, 'This is not the sign-in that Trailboss waits for', 'Start it again in Trailboss.');
    }
    const outcome = outcomeOf(query);
    const { end } = wanted;
    wanted = undefined;
    if ('code' in outcome) page(response, 200, 'You are signed in', 'You can close this window and go back to Trailboss.');
    else page(response, 200, 'You were not signed in', 'You can close this window; Trailboss says why.');
    response.once('close', () => end(outcome));
  });
  const port = await listen(server);
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    redirectUri: `http://localhost:${port}${path}`,
    close,
    code: (state, signal) =>
      new Promise((resolve, reject) => {
        const settle = (work: () => void) => {
          wanted = undefined;
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          close();
          work();
        };
        const onAbort = () => settle(() => reject(cancelled()));
        const timer = setTimeout(() => settle(() => reject(nobodyCame(waitMs))), waitMs);
        wanted = {
          state,
          end: (outcome) => settle(() => ('code' in outcome ? resolve(outcome.code) : reject(refused(outcome.refused)))),
        };
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      }),
  };
}

function queryOf(request: IncomingMessage): URLSearchParams | undefined {
  const url = request.method === 'GET' ? URL.parse(request.url ?? '', 'http://127.0.0.1') : null;
  return url?.pathname === path ? url.searchParams : undefined;
}

function outcomeOf(query: URLSearchParams): Outcome {
  const code = query.get('code');
  if (code !== null && code !== '') return { code };
  return { refused: query.get('error_description') ?? query.get('error') ?? 'it sent neither a code nor a reason' };
}

function page(response: ServerResponse, status: number, title: string, text: string): void {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Trailboss</title><style>body{font:16px/1.5 system-ui;max-width:32em;margin:20vh auto;padding:0 1em;color-scheme:light dark}</style><h1>${title}</h1><p>${text}</p></html>`;
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(html);
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(noPort(error)));
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(noPort(new Error('the server has no port')));
      else resolve(address.port);
    });
  });
}

function noPort(error: Error): TrailbossError {
  return new TrailbossError('INTERNAL', {
    what: 'Trailboss could not open a port on this computer for the browser to come back to.',
    unchanged: 'Nobody was signed in.',
    next: 'Try again, or sign in with your password.',
    raw: error.message,
  });
}

function nobodyCame(waitMs: number): TrailbossError {
  return new TrailbossError('CANCELLED', {
    what: `Nobody signed in in the browser within ${Math.round(waitMs / 60_000)} minutes.`,
    unchanged: 'Nobody was signed in.',
    next: 'Start it again.',
  });
}

function refused(reason: string): TrailbossError {
  return new TrailbossError('LOGIN_REFUSED', {
    what: 'The hub did not sign you in.',
    unchanged: 'Nobody was signed in.',
    next: 'Try again, or sign in with your password.',
    raw: reason.slice(0, 500),
  });
}
