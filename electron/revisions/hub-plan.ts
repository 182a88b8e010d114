import { TrailbossError } from '../../shared/contract/errors.ts';
import type { HubDeviceId, Quota } from '../../shared/contract/hub.ts';
import type { HubPlan } from '../../shared/contract/update.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import type { DeviceHub } from '../fleet/device-watch.ts';
import type { HubClient, HubStep } from '../sources/hub/hub.ts';

/** So many waiting revisions have their states read to count their bytes; a device with more is in trouble anyway. */
const countedStates = 20;
/** What a step has beside its state, and for each object in `used_objects`, as the device gets it. Bytes. */
const stepBytes = 1500;
const objectBytes = 67;

/** What a post to the hub finds there; undefined while the device has no trail, because it never came to its hub. */
export async function hubPlan(
  { client, deviceId }: Pick<DeviceHub, 'client' | 'deviceId'>,
  next: StateDocument,
  signal: AbortSignal,
): Promise<HubPlan | undefined> {
  const [[head], open, quota] = await Promise.all([
    client.steps(deviceId, { count: 1 }, signal),
    client.openSteps(deviceId, signal),
    quotaLeft(client, signal),
  ]);
  if (head === undefined) return undefined;
  return {
    head: {
      revision: String(head.revision),
      message: head.message,
      ...(head.committer !== undefined && { committer: head.committer }),
      status: head.progress.status,
      ...(head.createdAt !== undefined && { at: head.createdAt }),
    },
    pending: open.filter(isWaiting).map(({ revision, message, committer }) => ({
      revision: String(revision),
      message,
      ...(committer !== undefined && { committer }),
    })),
    pendingBytes: replyBytes(next.text) + (await openBytes(client, deviceId, open, signal)),
    ...(quota !== undefined && { quotaLeft: quota }),
  };
}

/** A revision that its device has not taken: it will go there before any later one. */
export function isWaiting(step: HubStep): boolean {
  return step.progress.status === 'NEW';
}

async function openBytes(client: HubClient, device: HubDeviceId, open: readonly HubStep[], signal: AbortSignal): Promise<number> {
  const texts = await Promise.all(open.slice(0, countedStates).map((step) => stateOrNone(client, device, step, signal)));
  return texts.reduce((sum, text) => sum + replyBytes(text), 0);
}

/** An empty state is told as none, and one that was thrown away meanwhile is none. */
async function stateOrNone(client: HubClient, device: HubDeviceId, step: HubStep, signal: AbortSignal): Promise<string> {
  try {
    return await client.stateText(device, step.revision, signal);
  } catch (error) {
    if (error instanceof TrailbossError && error.code === 'NOT_FOUND') return '{}';
    throw error;
  }
}

/** What the device reads of one revision: the hub sends the step whole (hub.md §8, device poll). */
function replyBytes(state: string): number {
  const objects = state.match(/"[0-9a-f]{64}"/g)?.length ?? 0;
  return Buffer.byteLength(state) + stepBytes + objectBytes * objects;
}

/** A hub that tells no quota, or has another trouble with it, keeps nobody from posting. */
async function quotaLeft(client: HubClient, signal: AbortSignal): Promise<number | undefined> {
  const { quotas } = await client.quota(signal).catch(() => ({ quotas: [] as const }));
  const objects = quotas.find((quota) => quota.name.toUpperCase() === 'OBJECTS');
  return objects && bytesLeft(objects);
}

const unitBytes: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['KIB', 1024],
  ['MIB', 1024 ** 2],
  ['GIB', 1024 ** 3],
  ['TIB', 1024 ** 4],
]);

/** The hub's units are words (`GiB`, hub: subscriptions/subscription.go); one that is not known tells nothing. */
function bytesLeft({ used, max, unit }: Quota): number | undefined {
  const factor = unitBytes.get(unit.toUpperCase());
  return factor === undefined ? undefined : Math.max(0, Math.floor((max - used) * factor));
}
