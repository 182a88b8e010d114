import { type Claimable, HubDeviceId } from '../../../shared/contract/hub.ts';
import type { SshService } from '../../net/mdns.ts';

/**
 * The devices on the local network that wait to be claimed. A device that belongs to nobody yet says its id and its challenge beside its SSH service; one that is claimed says an empty challenge
 * (pvr: libpvr/devlib.go, Scan). Sorted by name; a device that is heard on several networks is there once.
 */
export function claimableOf(services: readonly SshService[]): readonly Claimable[] {
  const devices = new Map<string, Claimable>();
  for (const { name, host, addresses, txt } of services) {
    const deviceId = HubDeviceId.safeParse(txt['device-id']?.trim().toLowerCase());
    const challenge = txt.challenge?.trim() ?? '';
    if (!deviceId.success || challenge === '') continue;
    const hub = txt.pantahub?.trim() ?? '';
    const address = addresses.find((text) => text.includes('.')) ?? host.replace(/\.$/, '');
    devices.set(deviceId.data, { deviceId: deviceId.data, challenge, host: address, name, ...(hub !== '' && { hub }) });
  }
  return [...devices.values()].sort((a, b) => a.name.localeCompare(b.name));
}
