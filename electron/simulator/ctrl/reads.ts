/** Endpoints that always say the same. */
import { json, type Reply, type Request, refusal } from '../exchange.ts';
import type { Endpoint, Parts } from './model.ts';
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

/** A few of the device's settings, with their defaults. */
const SETTINGS = [
  ['creds.host', 'PH_CREDS_HOST', 'api.pantahub.com'],
  ['creds.port', 'PH_CREDS_PORT', 443],
  ['control.remote', 'PV_CONTROL_REMOTE', false],
  ['debug.ssh', 'PV_DEBUG_SSH', true],
  ['log.level', 'PV_LOG_LEVEL', 4],
  ['secureboot.mode', 'PV_SECUREBOOT_MODE', 'disabled'],
  ['storage.mntpoint', 'PV_STORAGE_MNTPOINT', '/var/pantavisor/storage'],
  ['storage.gc.keep_factory', 'PV_STORAGE_GC_KEEP_FACTORY', false],
  ['updater.interval', 'PV_UPDATER_INTERVAL', 5],
  ['updater.commit_delay', 'PV_UPDATER_COMMIT_DELAY', 25],
  ['updater.goals_timeout', 'PV_UPDATER_GOALS_TIMEOUT', 120],
] as const;

export const config = plain(JSON.stringify(Object.fromEntries(SETTINGS.map(([old, , value]) => [old, value]))));

export const configWithOrigins = plain(
  JSON.stringify(SETTINGS.map(([, key, value]) => ({ key, value: String(value), modified: 'default' }))),
);
