import type { Sha256 } from '../../shared/state/ids.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import type { DeviceLink } from '../sources/source.ts';
import type { ObjectStore } from '../storage/objects.ts';

/** An object that has to be sent, and where its bytes are: in this computer's store, or on the other side of the same device. */
export interface MissingObject {
  readonly sha: Sha256;
  readonly size: number;
  readonly key: string;
  readonly from: 'store' | 'other-side';
}

export interface MissingObjects {
  readonly upload: readonly MissingObject[];
  readonly nobodyHas: readonly { readonly sha: Sha256; readonly key: string }[];
  /** The receiver was asked; else only what the running state does not refer to counts as missing. */
  readonly asked: boolean;
}

/** Each object that a state refers to, once, with an entry that refers to it. */
export function objectsOf(state: StateDocument): ReadonlyMap<Sha256, string> {
  const keys = new Map<Sha256, string>();
  for (const entry of state.entries) {
    if (entry.kind === 'object' && !keys.has(entry.sha)) keys.set(entry.sha, entry.key);
  }
  return keys;
}

/** Every sha256 that stands in a state's text, also in one that only the device can read. */
export function objectNamesIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(/"([0-9a-f]{64})"/g), ([, sha = '']) => sha));
}

/**
 * Which objects of the next state the receiver lacks, and where each of them is. `other` is the other side of the same device: what a
 * local revision brought is on the device and not on its hub, and the other way round.
 */
export async function missingObjects(
  receiver: DeviceLink,
  other: DeviceLink | undefined,
  store: ObjectStore,
  next: StateDocument,
  runningText: string | undefined,
  signal: AbortSignal,
): Promise<MissingObjects> {
  const wanted = objectsOf(next);
  const running = objectNamesIn(runningText ?? '');
  const lacking = await receiver.missingObjects([...wanted.keys()], signal);
  const upload: MissingObject[] = [];
  const nobodyHas = [];
  for (const [sha, key] of wanted) {
    if (lacking ? !lacking.has(sha) : running.has(sha)) continue;
    const size = await store.size(sha);
    if (size !== undefined) {
      upload.push({ sha, size, key, from: 'store' });
      continue;
    }
    const there = await other?.objectSize(sha, signal).catch(() => undefined);
    if (there !== undefined) upload.push({ sha, size: there, key, from: 'other-side' });
    else nobodyHas.push({ sha, key });
  }
  return { upload, nobodyHas, asked: lacking !== undefined };
}
