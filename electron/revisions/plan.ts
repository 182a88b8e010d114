import type { Draft } from '../../shared/contract/draft.ts';
import type { PostPlan } from '../../shared/contract/update.ts';
import type { Sha256 } from '../../shared/state/ids.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { rollbackTarget } from '../fleet/timeline-facts.ts';
import type { ObjectStore } from '../storage/objects.ts';
import { stateOf } from './drafts.ts';
import { freshName, takenNames } from './names.ts';

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

export interface MissingObjects {
  readonly upload: readonly { readonly sha: Sha256; readonly size: number; readonly key: string }[];
  readonly nobodyHas: readonly { readonly sha: Sha256; readonly key: string }[];
  /** The device was asked; else only what its running state does not refer to counts as missing. */
  readonly asked: boolean;
}

/** Which objects of the next state the device lacks, and whether this computer has them. */
export async function missingObjects(
  watch: DeviceWatch,
  objects: ObjectStore,
  next: StateDocument,
  runningText: string | undefined,
  signal: AbortSignal,
): Promise<MissingObjects> {
  const wanted = objectsOf(next);
  const running = objectNamesIn(runningText ?? '');
  const lacking = await watch.link.missingObjects([...wanted.keys()], signal);
  const upload = [];
  const nobodyHas = [];
  for (const [sha, key] of wanted) {
    if (lacking ? !lacking.has(sha) : running.has(sha)) continue;
    const size = await objects.size(sha);
    if (size !== undefined) upload.push({ sha, size, key });
    else nobodyHas.push({ sha, key });
  }
  return { upload, nobodyHas, asked: lacking !== undefined };
}

/** Everything that the person should know before posting, asked of the device now. */
export async function postPlan(
  watch: DeviceWatch,
  objects: ObjectStore,
  draft: Draft,
  doneAt: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<PostPlan> {
  const { observed, link } = watch;
  const missing = await missingObjects(watch, objects, stateOf(draft.text), observed.runningText, signal);
  const steps = observed.steps?.list ?? [];
  const rollback = rollbackTarget(steps, observed.running, doneAt, observed.clockAhead);
  const taken = takenNames(steps);
  const storage = observed.deviceMeta?.storage;
  const free = typeof storage === 'object' && storage !== null && 'free' in storage ? Number(storage.free) : Number.NaN;
  return {
    suggestedName: freshName(draft, taken),
    takenNames: [...taken],
    upload: [...missing.upload],
    missing: [...missing.nobodyHas],
    asked: missing.asked,
    ...(Number.isFinite(free) && { freeBytes: free }),
    ...(observed.running !== undefined && { running: observed.running }),
    baseMoved: observed.runningText !== undefined && observed.runningText !== draft.base.text,
    rollback: {
      ...(rollback.to !== undefined && { to: rollback.to }),
      lost: [...rollback.lost],
      known: observed.steps !== undefined,
    },
    uploadWay: link.uploadWay,
    postWay: link.postWay,
  };
}
