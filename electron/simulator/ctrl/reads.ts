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

/** Nothing is kept back: whoever may ask gets the device's secret as well (config.c, pv_config_get_alias_json). */
export const config: Endpoint = (device, request, parts) =>
  plain(JSON.stringify({ ...SETTINGS, ...device.hub()?.settings() }))(device, request, parts);

export const configWithOrigins: Endpoint = (device, request, parts) => {
  const own = new Map(Object.entries(device.hub()?.settings() ?? {}).map(([name, value]) => [LONG_NAMES[name] ?? name, value]));
  const listed = SETTINGS_WITH_ORIGIN.map(([key, value, modified]) => ({ key, value: shown(own.get(key)) ?? value, modified }));
  return plain(JSON.stringify(listed))(device, request, parts);
};

const LONG_NAMES: Readonly<Record<string, string>> = {
  'creds.host': 'PH_CREDS_HOST',
  'creds.id': 'PH_CREDS_ID',
  'creds.port': 'PH_CREDS_PORT',
  'creds.prn': 'PH_CREDS_PRN',
  'creds.secret': 'PH_CREDS_SECRET',
  'control.remote': 'PV_CONTROL_REMOTE',
};

function shown(value: string | number | boolean | null | undefined): string | undefined {
  if (value === null) return '(null)';
  return typeof value === 'boolean' ? String(Number(value)) : value?.toString();
}
