import type { RevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { hubOf, numberOnHub } from './hub-steps.ts';

/** A revision with its objects as its hub packs it (tar.gz, as `pvr export`), in pieces. WAY_MISSING for a device that is on no hub. */
export async function* exportedRevision(
  watch: DeviceWatch,
  revision: RevisionName,
  signal: AbortSignal,
): AsyncGenerator<{ readonly fileName: string; readonly bytes: Blob }, void> {
  const { client, deviceId } = hubOf(watch, 'Exporting a revision');
  const fileName = `${safeName(watch.record.name)}-${safeName(revision)}.tar.gz`;
  for await (const chunk of client.exportRevision(deviceId, numberOnHub(revision), signal)) {
    yield { fileName, bytes: new Blob([new Uint8Array(chunk)]) };
  }
}

/** A name that every file system takes. */
function safeName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+/, '') || 'device';
}
