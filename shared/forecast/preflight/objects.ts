import type { StateDocument } from '../../state/state.ts';
import type { DeviceReading } from '../device/read.ts';
import type { PreflightFacts, PreflightFinding } from '../preflight-types.ts';
import { bytes, told } from './told.ts';

/** Objects that nobody has, and room for those that are new to the device. */
export function objectFindings(
  state: StateDocument | undefined,
  reading: DeviceReading,
  facts: PreflightFacts,
): readonly PreflightFinding[] {
  return [...missingFindings(state, facts), ...nameFindings(state, reading), ...spaceFindings(facts)];
}

function missingFindings(state: StateDocument | undefined, { missingObjects, via }: PreflightFacts): readonly PreflightFinding[] {
  if (state === undefined || missingObjects === undefined || missingObjects.length === 0) return [];
  const missing = new Set(missingObjects);
  const end =
    via === 'hub'
      ? 'the device can’t fetch it, and gives the update up'
      : 'the device takes the revision, may stop the container for it, and then finds “Object validation went wrong”';
  return state.entries.flatMap((entry): readonly PreflightFinding[] => {
    if (entry.kind !== 'object' || !missing.has(entry.sha)) return [];
    return [
      told({
        rule: 'object-nobody-has',
        severity: 'fails',
        key: entry.key,
        text: `Neither the device nor this computer has the object ${entry.sha.slice(0, 12)}…: ${end}.`,
        source: 'pantavisor storage.c, pv_storage_validate_trails_object_checksum; seen in recordings 07a and 07b',
        advice: 'Add the file again, or remove the entry.',
      }),
    ];
  });
}

/** What a strict reader takes for no state, and the device for an object of an impossible name. */
function nameFindings(state: StateDocument | undefined, reading: DeviceReading): readonly PreflightFinding[] {
  if (state !== undefined || reading.kind !== 'accepted') return [];
  return reading.model.objects.flatMap(({ key, value }): readonly PreflightFinding[] => {
    if (/^[0-9a-f]{64}$/.test(value)) return [];
    const text = `The device takes ${JSON.stringify(value.slice(0, 80))} for the name of an object, and no object is called so.`;
    const source = 'pantavisor parser/parser_system1.c, system1_parse_objects';
    const advice = 'An object is named by its sha256: 64 hex digits in lower case.';
    return [told({ rule: 'object-name', severity: 'fails', key, text, source, advice })];
  });
}

/**
 * What the device needs is the sum of the objects that it lacks; what it has is its free room without the share that it keeps back
 * (storage.c, pv_storage_new). Before it refuses an update of a hub it removes old revisions, so that it may find more.
 */
function spaceFindings({ newObjects, storage, via }: PreflightFacts): readonly PreflightFinding[] {
  const free = storage?.free;
  if (newObjects === undefined || storage === undefined || free === undefined) return [];
  const needed = newObjects.reduce((sum, { size }) => sum + size, 0);
  const reserved = storage.reserved ?? 0;
  const available = Math.max(0, free - reserved);
  if (needed <= available) return [];
  const ever = storage.total === undefined ? Number.POSITIVE_INFINITY : Math.max(0, storage.total - reserved);
  const sizes = `The objects that are new to the device take ${bytes(needed)}, and it has ${bytes(available)} to give`;
  const advice = 'Make room on the device (old revisions, its garbage collection), or keep the objects smaller.';
  if (via === 'lan') {
    const text = `${sizes}: it refuses the upload.`;
    const source = 'pantavisor ctrl/ctrl_upload.c, ctrl_upload_read_cb';
    return [told({ rule: 'space', severity: 'refused', text, source, advice })];
  }
  const source = 'pantavisor update/update.c, _finish_object_metadata_setting (Space required X B, available Y B)';
  if (needed > ever) {
    const text = `${sizes}; even empty it would have ${bytes(ever)}: it refuses the update.`;
    return [told({ rule: 'space', severity: 'refused', text, source, advice })];
  }
  const text = `${sizes}: it refuses the update, unless removing old revisions by itself makes that much room.`;
  return [told({ rule: 'space', severity: 'fails', text, source, advice })];
}
