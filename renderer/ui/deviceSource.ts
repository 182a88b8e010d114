import type { DeviceSummary } from '../../shared/contract/fleet.ts';

/** Where a device is known from: the local network, a hub account, or both. */
export type DeviceSource = 'lan' | 'hub' | 'both';

type Reach = Pick<DeviceSummary, 'connection' | 'hub'>;

export function sourceOf({ connection, hub }: Reach): DeviceSource {
  if (hub === undefined) return 'lan';
  return connection === null ? 'hub' : 'both';
}

/** Where a device is, in one text: its address on the local network, the hub account, or both. */
export function placeOf({ connection, hub }: Reach): string {
  return [connection?.host, hub?.account].filter((part) => part !== undefined).join(' · ');
}
