import type { DeviceSummary } from '../../../shared/contract/fleet.ts';

/** The device belongs to a hub and does not ask it, because it runs a local revision (device-meta `pantavisor.mode`). */
export function isOffHub(device: Pick<DeviceSummary, 'hub' | 'mode'>): boolean {
  return device.hub !== undefined && device.mode === 'local';
}
