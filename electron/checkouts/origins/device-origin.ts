import { endpointUrl } from '../../../shared/pvr/reference.ts';
import { hubNumber } from '../../../shared/state/ids.ts';
import type { DeviceWatch } from '../../fleet/device-watch.ts';
import type { States } from '../../revisions/states.ts';
import type { ObjectStore } from '../../storage/objects.ts';
import type { Origin } from './origin.ts';

/** A revision of a known device, by whichever way leads to it; `current` for what runs. */
export function deviceOrigin(
  watch: DeviceWatch,
  revision: string,
  ports: { readonly states: Pick<States, 'read'>; readonly objects: ObjectStore },
): Origin {
  const { id, name } = watch.record;
  return {
    label: revision === 'current' ? name : `${name}, revision ${revision}`,
    reference: deviceReference(watch, revision),
    fragment: '',
    state: async (signal) => {
      await watch.link.connect(signal);
      return (await ports.states.read(id, revision, signal)).text;
    },
    object: (sha, signal) => watch.link.downloadObject(sha, signal),
    objectFile: (sha) => ports.objects.file(sha),
  };
}

/**
 * By what pvr gets from the device and posts to it: its own endpoint where it is open, else its trail on the hub, there also another
 * revision than the newest. Empty for a device that pvr has no way to.
 */
export function deviceReference(watch: Pick<DeviceWatch, 'record' | 'hub' | 'observed'>, revision: string): string {
  const { connection } = watch.record;
  if (connection !== null && connection.http !== null) return endpointUrl(connection.host, connection.http.port);
  if (watch.hub === undefined) return '';
  const trail = `${watch.hub.client.address.url}/trails/${watch.hub.deviceId}`;
  const isNamed = revision !== 'current' && hubNumber(revision) !== undefined && revision !== watch.observed.running;
  return isNamed ? `${trail}/steps/${revision}` : trail;
}
