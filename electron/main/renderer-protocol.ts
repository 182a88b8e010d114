import type { CustomScheme } from 'electron';
import type { RendererFiles } from '../renderer-files.ts';
import { securityHeaders } from '../security-headers.ts';

/** Where the screens are served in Electron; a page there has an origin of its own, unlike one from `file:`. */
export const appAddress = 'trailboss://app/';

/** To be registered before Electron is ready. */
export const appScheme: CustomScheme = {
  scheme: 'trailboss',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Whether an address belongs to the program's own page. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === 'trailboss:' && host === 'app';
}

/** Answers requests for `trailboss://app/…` with the built screens and a strict Content-Security-Policy. */
export function rendererProtocol(files: RendererFiles): (request: Request) => Promise<Response> {
  const headers = { ...securityHeaders(), 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  return async (request) => {
    if (!isAppAddress(request.url)) return new Response('There is nothing at this address.', { status: 404, headers });
    if (request.method !== 'GET') return new Response('Only GET is answered here.', { status: 405, headers });
    const file = await files.read(new URL(request.url).pathname);
    if (file === undefined) return new Response('There is nothing at this address.', { status: 404, headers });
    const own = { 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl };
    return new Response(file.body, { status: 200, headers: { ...headers, ...own } });
  };
}
