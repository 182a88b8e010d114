import type { IncomingHttpHeaders } from 'node:http';

export type Refusal = { readonly status: 400 | 403 | 405 | 421 | 503; readonly reason: string };

/** The origins under which the host is known: its own, and in development that of the dev server before it. */
export interface KnownOrigins {
  /** Such as `http://127.0.0.1:4780`. */
  readonly own: string;
  readonly behind?: string;
}

/**
 * Checks a request before anything is done for it. The Host has to be ours, which ends DNS rebinding; an Origin that is named
 * has to be ours; and another site may not load parts of the program, only link to it.
 */
export function refuseRequest(
  request: { readonly method: string; readonly headers: IncomingHttpHeaders },
  known: KnownOrigins,
): Refusal | undefined {
  const { method, headers } = request;
  const hostRefusal = refuseHost(headers, known);
  if (hostRefusal !== undefined) return hostRefusal;
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, reason: 'Only GET and HEAD are answered here.' };
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, known)) {
    return { status: 403, reason: 'The request comes from another origin.' };
  }
  const site = headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  if (foreign && headers['sec-fetch-mode'] !== 'navigate') {
    return { status: 403, reason: 'The request comes from another site.' };
  }
  if (headers['sec-purpose'] !== undefined) return { status: 503, reason: 'Nothing is fetched ahead here.' };
  return undefined;
}

/** Checks a WebSocket upgrade: browsers always name the Origin there, so one that is missing is refused as well. */
export function refuseUpgrade(
  request: { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders },
  known: KnownOrigins,
): Refusal | undefined {
  const { method, path, headers } = request;
  const hostRefusal = refuseHost(headers, known);
  if (hostRefusal !== undefined) return hostRefusal;
  if (method !== 'GET') return { status: 405, reason: 'A WebSocket starts with GET.' };
  if (headers.origin === undefined || !isOwnOrigin(headers.origin, known)) {
    return { status: 403, reason: 'The WebSocket comes from another origin.' };
  }
  if (path !== '/rpc') return { status: 400, reason: 'There is no WebSocket at this path.' };
  return undefined;
}

function refuseHost(headers: IncomingHttpHeaders, known: KnownOrigins): Refusal | undefined {
  if (headers.host !== undefined && isOwnOrigin(`http://${headers.host}`, known)) return undefined;
  return { status: 421, reason: `Trailboss answers at ${known.own} only.` };
}

function isOwnOrigin(origin: string, known: KnownOrigins): boolean {
  return origin === known.own || origin === known.behind;
}
