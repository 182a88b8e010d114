import { create } from 'zustand';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { RevisionName } from '../../../shared/state/ids.ts';
import { bytesOfBase64 } from '../../rpc/base64.ts';
import { client, problemOf } from '../../rpc.ts';
import { saveBlob } from '../../ui/saveBlob.ts';

/** A download that goes on while the person looks at something else. */
export interface ExportDownload {
  readonly key: string;
  readonly device: string;
  readonly revision: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly bytes: number;
  readonly problem?: KnownProblem;
}

interface Exports {
  readonly byKey: Readonly<Record<string, ExportDownload>>;
  readonly set: (download: ExportDownload) => void;
}

export const useExports = create<Exports>()((set) => ({
  byKey: {},
  set: (download) => set(({ byKey }) => ({ byKey: { ...byKey, [download.key]: download } })),
}));

const aborts = new Map<string, AbortController>();

/** The key of a revision's download. */
export function exportKey(deviceId: DeviceId, revision: string): string {
  return `export ${deviceId} ${revision}`;
}

/** Gives a download up; what came so far is dropped. */
export function cancelExport(key: string): void {
  aborts.get(key)?.abort();
}

/** Collects a revision's export and hands it to the browser as a file. One that is on its way already goes on. */
export async function startExport(deviceId: DeviceId, device: string, revision: RevisionName): Promise<void> {
  const key = exportKey(deviceId, revision);
  if (aborts.has(key)) return;
  const abort = new AbortController();
  aborts.set(key, abort);
  const { set } = useExports.getState();
  const base = { key, device, revision };
  const pieces: Blob[] = [];
  let bytes = 0;
  let fileName = `${device}-${revision.replaceAll('/', '-')}.tar.gz`;
  set({ ...base, state: 'running', bytes });
  try {
    const stream = await client.device.exportRevision({ id: deviceId, revision }, { signal: abort.signal });
    for await (const piece of stream) {
      if (abort.signal.aborted) break;
      const decoded = bytesOfBase64(piece.base64);
      pieces.push(new Blob([decoded]));
      bytes += decoded.length;
      fileName = piece.fileName;
      set({ ...base, state: 'running', bytes });
    }
    if (!abort.signal.aborted) saveBlob(new Blob(pieces, { type: 'application/gzip' }), fileName);
    set({ ...base, state: abort.signal.aborted ? 'cancelled' : 'done', bytes });
  } catch (error) {
    if (abort.signal.aborted) set({ ...base, state: 'cancelled', bytes });
    else set({ ...base, state: 'failed', bytes, problem: problemOf(error) });
  } finally {
    aborts.delete(key);
  }
}
