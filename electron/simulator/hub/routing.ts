/** Mounts and their routes, matched as Go's ServeMux and go-json-rest match them (hub: base/init.go). */
import type { Call } from './call.ts';
import type { Reply } from './reply.ts';

export type Handler = (call: Call) => Reply | Promise<Reply>;

export interface Route {
  readonly method: string;
  /** With `:name` for a segment; `/` is the mount itself. */
  readonly pattern: string;
  /** One of these is needed; none means that scopes are not looked at. */
  readonly scopes: readonly string[];
  readonly handler: Handler;
}

export type Gate = 'token' | 'open' | 'token-if-sent' | 'anonymous';

export interface Mount {
  /** Such as `/devices`. */
  readonly prefix: string;
  /** Whether a token is asked for; `anonymous` takes who sends none as the anonymous account. */
  gate(method: string, path: string): Gate;
  /** /trails writes canonical JSON and forgives a trailing slash (hub: trails/service.go). */
  readonly style: 'plain' | 'canonical' | 'indented';
  readonly routes: readonly Route[];
}

export function route(method: string, pattern: string, scopes: readonly string[], handler: Handler): Route {
  return { method, pattern, scopes, handler };
}

export type Match =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'missing' };

/** Fixed segments win over `:name`, whatever the order of the table. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  let known = false;
  let best: { route: Route; params: Record<string, string>; named: number } | undefined;
  const segments = path.split('/');
  for (const candidate of routes) {
    const params = paramsOf(candidate.pattern.split('/'), segments);
    if (!params) continue;
    known = true;
    const named = Object.keys(params).length;
    if (candidate.method === method && (!best || named < best.named)) best = { route: candidate, params, named };
  }
  if (best) return { kind: 'found', route: best.route, params: best.params };
  return { kind: known ? 'wrong-method' : 'missing' };
}

function paramsOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith(':')) {
      if (segment === '') return undefined;
      params[part.slice(1)] = decoded(segment);
    } else if (part !== segment) return undefined;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
