import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import type { HubClient } from '../../sources/hub/hub.ts';
import type { ObjectStore } from '../../storage/objects.ts';
import type { Origin } from './origin.ts';

/** A device of an account here; `step` where a revision is named. */
export interface HubTrailAddress {
  readonly client: HubClient;
  readonly deviceId: HubDeviceId;
  readonly step: number | undefined;
}

/**
 * Whether a URL means a device of an account here: `<hub>/trails/<id>`, one step of it, or the short form `https://pvr.…/nick/device` of a
 * hub at `https://api.…`. By the account also what is not public can be read.
 */
export function hubTrailOf(url: string, fleet: Pick<Fleet, 'all'>): HubTrailAddress | undefined {
  const at = new URL(url);
  const onHubs = fleet.all().flatMap((watch) => (watch.hub ? [{ ...watch.hub, place: watch.record.hub }] : []));
  const [, id, step] = /^\/trails\/([^/]+)(?:\/steps\/(\d{1,15}))?\/?$/.exec(at.pathname) ?? [];
  if (id !== undefined) {
    const known = onHubs.find(({ client, deviceId }) => deviceId === id && new URL(client.address.url).origin === at.origin);
    return known && { client: known.client, deviceId: known.deviceId, step: step === undefined ? undefined : Number(step) };
  }
  const [, owner, nick] = /^\/([^/]+)\/([^/]+)\/?$/.exec(at.pathname) ?? [];
  const named = onHubs.find(
    ({ client, place }) =>
      new URL(client.address.url).host === at.host.replace(/^pvr\./, 'api.') &&
      place?.nick === nick &&
      place?.account.startsWith(`${owner} · `) === true,
  );
  return named && { client: named.client, deviceId: named.deviceId, step: undefined };
}

/** The newest revision on the trail, as the hub gives it to pvr (hub: trails/get-trail-pvr.go), or the one that is named. */
export function hubOrigin(
  { client, deviceId, step }: HubTrailAddress,
  reference: string,
  fragment: string,
  objects: ObjectStore,
): Origin {
  return {
    label: reference,
    reference,
    fragment,
    state: async (signal) => {
      const revision = step ?? (await client.head(deviceId, signal));
      if (revision === undefined) throw noTrail(reference);
      return client.stateText(deviceId, revision, signal);
    },
    object: (sha, signal) => client.downloadObject(sha, signal),
    objectFile: (sha) => objects.file(sha),
  };
}

function noTrail(reference: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `There is no trail at ${reference}.`,
    unchanged: 'Nothing was done.',
    next: 'Check the device’s id; a device that was just claimed has none until it comes to its hub.',
  });
}
