import type { Sha256 } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { ObjectStore } from '../storage/objects.ts';

/** The beginning of an object, from this computer's store or from the device; no more is read than `maxBytes`. */
export async function readObject(
  watch: DeviceWatch,
  store: ObjectStore,
  sha: Sha256,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ size?: number; bytes: Blob; truncated: boolean }> {
  const local = await store.size(sha);
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of local === undefined ? watch.link.downloadObject(sha, either) : store.read(sha, either)) {
    chunks.push(new Uint8Array(chunk));
    size += chunk.byteLength;
    if (size > maxBytes) break;
  }
  enough.abort();
  const truncated = size > maxBytes;
  const bytes = new Blob(chunks).slice(0, maxBytes);
  const whole = local ?? (truncated ? await watch.link.objectSize(sha, signal) : size);
  return { ...(whole !== undefined && { size: whole }), bytes, truncated };
}
