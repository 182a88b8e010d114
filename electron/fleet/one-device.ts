import type { DeviceId } from '../../shared/contract/ids.ts';
import type { DeviceFacts, DeviceRecord } from '../storage/devices.ts';
import { nameOf } from './hub-roster.ts';

interface Known {
  readonly record: DeviceRecord;
  readonly facts: DeviceFacts;
}

/**
 * Two rows that are one device, on the local network and on a hub, as one. The record with the person's work on it keeps its id, else
 * the older one; `hasWork` tells of drafts and updates.
 */
export function joined(
  near: Known,
  far: Known,
  hasWork: (id: DeviceId) => boolean,
): { readonly survivor: DeviceRecord; readonly gone: DeviceId; readonly facts: DeviceFacts } {
  const older = far.record.addedAt < near.record.addedAt ? far : near;
  const work = [near, far].filter(({ record }) => hasWork(record.id));
  const kept = work.length === 1 && work[0] ? work[0].record : older.record;
  const gone = kept.id === near.record.id ? far.record.id : near.record.id;
  const { hub } = far.record;
  const { demo } = near.record;
  const survivor: DeviceRecord = {
    id: kept.id,
    name: hub ? nameOf(near.record, hub) : near.record.name,
    connection: near.record.connection,
    hub,
    demo: demo ?? far.record.demo,
    addedAt: kept.addedAt,
  };
  const heardAt = Math.max(near.facts.heardAt ?? 0, far.facts.heardAt ?? 0);
  const { labels } = far.facts;
  const facts: DeviceFacts = {
    ...far.facts,
    ...near.facts,
    ...(labels && { labels }),
    ...(far.facts.hub && { hub: far.facts.hub }),
    ...(heardAt > 0 && { heardAt }),
  };
  return { survivor, gone, facts };
}

/** What stays of a device that is reached over its hub only from now on. */
export function withoutLan(record: DeviceRecord, { hubDeviceId: _gone, ...facts }: DeviceFacts): Known {
  const onHub = { ...record, connection: null };
  return { record: record.hub ? { ...onHub, name: record.hub.nick } : onHub, facts };
}

/** What stays of a device that is reached over the local network only from now on. */
export function withoutHub(
  { hub: _place, ...record }: DeviceRecord,
  { hub: _sight, labels: _labels, ...facts }: DeviceFacts,
): Known {
  return { record, facts };
}
