import type { Sha256 } from '../../shared/state/ids.ts';
import type { DeviceLink } from '../sources/source.ts';

export interface UploadItem {
  readonly sha: Sha256;
  readonly size: number;
  readonly key: string;
  /** The bytes from the start; called again for another try. */
  readonly open: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

/** What has gone out so far, of the items given. Bytes count objects that are done and those on their way. */
export interface UploadProgress {
  readonly objectsDone: number;
  readonly bytesDone: number;
}

/**
 * Sends objects, as many at once as the way to the device takes. The first failure stops the others and is thrown;
 * what is already there stays there, so that going on later sends only the rest.
 */
export async function uploadAll(
  link: DeviceLink,
  items: readonly UploadItem[],
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const sent = new Map<Sha256, number>();
  let objectsDone = 0;
  const tell = () => onProgress({ objectsDone, bytesDone: [...sent.values()].reduce((sum, bytes) => sum + bytes, 0) });
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const { sha, size, key, open } = item;
      const onBytes = (bytes: number) => {
        sent.set(sha, Math.min(bytes, size));
        tell();
      };
      await link.uploadObject({ sha, size, name: key, open, onBytes }, either);
      either.throwIfAborted();
      objectsDone += 1;
      onBytes(size);
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(link.parallelUploads, items.length)) }, async () => {
    try {
      await work();
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  });
  const results = await Promise.allSettled(workers);
  signal.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
