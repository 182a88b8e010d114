/** Endpoints that always say the same. */
import { json, type Reply, type Request, refusal } from '../exchange.ts';
import type { Endpoint, Parts } from './model.ts';
import { SETTINGS, SETTINGS_WITH_ORIGIN } from './settings.ts';
import { unsupported } from './steps.ts';

/** An endpoint with one fixed body. */
export function plain(text: string, type?: string): Endpoint {
  return (_device, request, parts) => {
    if (parts.length > 1) return undefined;
    if (request.method !== 'GET') return unsupported();
    return type === undefined ? json(200, text) : { status: 200, headers: { 'content-type': type }, body: text };
  };
}

/** No container of the simulator announces itself as ready. */
export function signal(_device: unknown, request: Request, parts: Parts): Reply | undefined {
  if (parts.length > 1) return undefined;
  return request.method === 'POST' ? refusal(500, 'Signal not expected from this platform') : unsupported();
}

export const config = plain(JSON.stringify(SETTINGS));

export const configWithOrigins = plain(
  JSON.stringify(SETTINGS_WITH_ORIGIN.map(([key, value, modified]) => ({ key, value, modified }))),
);
