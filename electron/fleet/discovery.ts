import type { DiscoveredDevice } from '../../shared/contract/fleet.ts';
import { HubDeviceId } from '../../shared/contract/hub.ts';
import type { SshService } from '../net/mdns.ts';
import type { DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import type { Fleet } from './fleet.ts';
import type { Neighbours } from './neighbours.ts';

/** What a Pantavisor device says beside its SSH service; any other computer says none of it (pantavisor: mDNS `_ssh._tcp`). */
const marks = ['device-id', 'challenge', 'pantahub'] as const;

/** Milliseconds within which what changed in the fleet is looked at as one. */
const moment = 250;

interface Member {
  readonly record: DeviceRecord;
  readonly facts: DeviceFacts;
}

/**
 * The devices among what speaks of itself on the local network that are in the fleet by no way: neither at one of these addresses
 * nor as this device of a hub. Sorted by name; one that is heard on several networks is there once, with all its addresses.
 */
export function discoveredOf(services: readonly SshService[], members: readonly Member[]): DiscoveredDevice[] {
  const devices = new Map<string, DiscoveredDevice>();
  for (const service of services) {
    if (!marks.some((mark) => service.txt[mark] !== undefined)) continue;
    const device = deviceOf(service);
    const before = devices.get(device.key);
    const addresses = addressesOf([...(before?.addresses ?? []), ...device.addresses]);
    devices.set(device.key, { ...device, ...before, addresses });
  }
  const known = knownOf(members);
  return [...devices.values()]
    .filter((device) => !known(device))
    .sort((a, b) => a.name.localeCompare(b.name) || a.key.localeCompare(b.key));
}

/** Watches for devices that are not in the fleet: `push` when there may be others, until the returned function is called. */
export function watchDiscovered(
  fleet: Fleet,
  neighbours: Neighbours,
): { readonly read: () => DiscoveredDevice[]; readonly listen: (push: (event: undefined) => void) => () => void } {
  let services: readonly SshService[] = [];
  return {
    read: () => discoveredOf(services, services.length === 0 ? [] : fleet.all()),
    listen: (push) => {
      let timer: NodeJS.Timeout | undefined;
      const soon = () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          push(undefined);
        }, moment);
      };
      const ends = [
        neighbours.hear((heard) => {
          services = heard;
          push(undefined);
        }),
        fleet.membership.add(soon),
      ];
      return () => {
        clearTimeout(timer);
        for (const end of ends) end();
      };
    },
  };
}

function deviceOf({ name, host, addresses, port, txt }: SshService): DiscoveredDevice {
  const id = HubDeviceId.safeParse(txt['device-id']?.trim().toLowerCase());
  const hubAddress = txt.pantahub?.trim() ?? '';
  return {
    key: id.success ? id.data : `name ${name}`,
    name,
    host: withoutDot(host),
    addresses: addressesOf(addresses),
    sshPort: port,
    ...(id.success && { deviceId: id.data }),
    unclaimed: (txt.challenge?.trim() ?? '') !== '',
    ...(hubAddress !== '' && { hubAddress }),
  };
}

/** Each once; the ones that a person would type first, and last those that hold on one network card only. */
function addressesOf(addresses: readonly string[]): string[] {
  const rank = (address: string) => (address.includes('.') ? 0 : address.toLowerCase().startsWith('fe80:') ? 2 : 1);
  return [...new Set(addresses)].sort((a, b) => rank(a) - rank(b));
}

/** Behind one address there may be several devices (forwarded ports), so the port counts, where the device is reached over SSH. */
function knownOf(members: readonly Member[]): (device: DiscoveredDevice) => boolean {
  const identities = new Set<string>();
  const places = new Set<string>();
  for (const { record, facts } of members) {
    if (record.hub) identities.add(record.hub.deviceId);
    if (facts.hubDeviceId !== undefined) identities.add(facts.hubDeviceId);
    if (record.connection) places.add(placeOf(record.connection.host, record.connection.ssh?.port));
  }
  return ({ deviceId, host, addresses, sshPort }) =>
    (deviceId !== undefined && identities.has(deviceId)) ||
    [host, ...addresses].some((one) => places.has(placeOf(one, sshPort)) || places.has(placeOf(one, undefined)));
}

function placeOf(host: string, port: number | undefined): string {
  return `${withoutDot(host.toLowerCase())} ${port ?? 'any'}`;
}

function withoutDot(host: string): string {
  return host.replace(/\.$/, '');
}
