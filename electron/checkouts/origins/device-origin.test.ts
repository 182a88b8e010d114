import { expect, test } from 'vitest';
import type { DeviceWatch } from '../../fleet/device-watch.ts';
import { deviceReference } from './device-origin.ts';

type Reached = Parameters<typeof deviceReference>[0];

/** A device with these ways to it, running revision 7. */
function device(ways: { readonly http?: { readonly host: string; readonly port: number }; readonly hub?: boolean }): Reached {
  const { http, hub } = ways;
  const connection = http === undefined ? null : { host: http.host, http: { port: http.port }, ssh: null };
  const watch: Partial<DeviceWatch> = { observed: { running: '7' } as DeviceWatch['observed'] };
  const account = { client: { address: { url: 'https://api.example.com' } }, deviceId: '5f00' };
  return { ...watch, record: { connection }, hub: hub === true ? account : undefined } as unknown as Reached;
}

const near = { host: 'fe80::1', port: 12368 };

test.each([
  [{ http: near, hub: true }, 'current', 'http://[fe80::1]:12368/cgi-bin/pvr'],
  [{ http: near }, 'locals/x', 'http://[fe80::1]:12368/cgi-bin/pvr'],
  [{ hub: true }, 'current', 'https://api.example.com/trails/5f00'],
  [{ hub: true }, '7', 'https://api.example.com/trails/5f00'],
  [{ hub: true }, '6', 'https://api.example.com/trails/5f00/steps/6'],
  [{ hub: true }, 'locals/x', 'https://api.example.com/trails/5f00'],
  [{}, 'current', ''],
])('pvr goes to %o for %s by %s', (ways, revision, expected) => {
  expect(deviceReference(device(ways), revision)).toBe(expected);
});
