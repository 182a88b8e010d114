import { z } from 'zod';
import type { Via } from '../../shared/contract/connection.ts';
import type { Draft } from '../../shared/contract/draft.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceFacts, HubPlan } from '../../shared/contract/update.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { ObjectStore } from '../storage/objects.ts';
import { stateOf } from './drafts.ts';
import { hubPlan } from './hub-plan.ts';
import { hubText } from './hub-post.ts';
import { type MissingObjects, missingObjects } from './missing-objects.ts';
import { heardOnce } from './new-journal.ts';

/** How long a device is waited for that only has to say what would be nice to know. Milliseconds. */
const patience = 8000;

/** Numbers, by some sources as texts; nothing, which also counts as a number to JavaScript, is not known. */
const Size = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .pipe(z.number().nonnegative())
  .optional()
  .catch(undefined);
const Storage = z.object({ total: Size, free: Size, reserved: Size });

/** What is known of a device for preflight, from what it was asked before. What it does not tell is left out. */
export async function factsFrom(
  watch: DeviceWatch,
  asked: { readonly missing: MissingObjects; readonly hub?: HubPlan | undefined },
  signal: AbortSignal,
): Promise<DeviceFacts> {
  const { missing, hub } = asked;
  return {
    ...(await knownFacts(watch, signal)),
    missingObjects: missing.nobodyHas.map(({ sha }) => sha),
    newObjects: missing.upload.map(({ sha, size }) => ({ sha, size })),
    ...(hub && { pendingBytes: hub.pendingBytes, pendingSteps: hub.pending.length }),
  };
}

/** What a device tells whatever it is to be given. */
export async function knownFacts(watch: DeviceWatch, signal: AbortSignal): Promise<DeviceFacts> {
  const storage = Storage.safeParse(watch.observed.deviceMeta?.storage).data;
  const secureboot = await orUnknown(signal, (soon) => watch.link.by('lan')?.readSecureboot?.(soon));
  return { ...(storage && { storage }), ...(secureboot !== undefined && { secureboot }) };
}

/** The same while a draft is edited: a device that does not answer keeps nobody from that. */
export async function draftFacts(
  watch: DeviceWatch,
  store: ObjectStore,
  draft: Draft,
  via: Via | undefined,
  signal: AbortSignal,
): Promise<DeviceFacts> {
  await heardOnce(watch);
  const receiver = (via === undefined ? undefined : watch.link.by(via)) ?? watch.link;
  const other = watch.link.by(receiver === watch.link.by('lan') ? 'hub' : 'lan');
  const missing = await orUnknown(signal, (soon) =>
    missingObjects(receiver, other, store, stateOf(draft.text), watch.observed.runningText, soon),
  );
  if (missing === undefined) return knownFacts(watch, signal);
  const hub = via === 'hub' ? await orUnknown(signal, (soon) => planOn(watch, draft, soon)) : undefined;
  return factsFrom(watch, { missing, hub }, signal);
}

/** What waits on the hub before it, which the device would read at once. */
async function planOn({ hub }: DeviceWatch, { text }: Draft, signal: AbortSignal): Promise<HubPlan | undefined> {
  return hub && (await hubPlan(hub, stateOf(hubText(text)), signal));
}

async function orUnknown<T>(
  signal: AbortSignal,
  ask: (soon: AbortSignal) => Promise<T | undefined> | undefined,
): Promise<T | undefined> {
  try {
    return await ask(AbortSignal.any([signal, AbortSignal.timeout(patience)]));
  } catch (error) {
    if (signal.aborted || !(error instanceof TrailbossError)) throw error;
    return undefined;
  }
}
