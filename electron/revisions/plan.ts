import type { Via } from '../../shared/contract/connection.ts';
import type { Draft } from '../../shared/contract/draft.ts';
import type { PostPlan } from '../../shared/contract/update.ts';
import { hubNumber } from '../../shared/state/ids.ts';
import { parseState } from '../../shared/state/state.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import { rollbackTarget } from '../fleet/timeline-facts.ts';
import type { ObjectStore } from '../storage/objects.ts';
import { factsFrom } from './device-facts.ts';
import { directionsOf, runsLocally, suggestedDirection } from './directions.ts';
import { stateOf } from './drafts.ts';
import { hubPlan } from './hub-plan.ts';
import { hubText } from './hub-post.ts';
import { type MissingObjects, missingObjects } from './missing-objects.ts';
import { freshName, takenNames } from './names.ts';
import { heardOnce } from './new-journal.ts';

export interface PlanInput {
  readonly watch: DeviceWatch;
  readonly objects: ObjectStore;
  readonly draft: Draft;
  readonly doneAt: ReadonlyMap<string, number>;
  /** Revisions that were posted from here: the timeline that was heard last may be older than they are. */
  readonly posted: readonly string[];
  /** Undefined for the direction that suggests itself. */
  readonly via: Via | undefined;
}

const nothingAsked: MissingObjects = { upload: [], nobodyHas: [], asked: false };

/** Everything that the person should know before posting, asked of the device or its hub now. A closed direction is asked nothing. */
export async function postPlan(input: PlanInput, signal: AbortSignal): Promise<PostPlan> {
  const { watch, draft } = input;
  await heardOnce(watch);
  const { observed } = watch;
  const local = runsLocally(watch);
  const directions = directionsOf(watch);
  const suggested = suggestedDirection(directions, local || hubNumber(draft.base.revision) === undefined);
  const via = input.via ?? suggested.via;
  const receiver = watch.link.by(via);
  const closed = receiver === undefined || directions.some((one) => one.via === via && one.closed !== undefined);
  const next = stateOf(via === 'hub' ? hubText(draft.text) : draft.text);
  const [missing, hub] = await Promise.all([
    closed ? nothingAsked : missingFor(input, via, signal),
    via === 'hub' && !closed && watch.hub ? hubPlan(watch.hub, next, signal) : undefined,
  ]);
  const facts = closed ? {} : await factsFrom(watch, { missing, hub }, signal);
  const noTrail = via === 'hub' && !closed && hub === undefined;
  const steps = observed.steps?.list ?? [];
  const rollback = rollbackTarget(steps, observed.running, input.doneAt, observed.clockAhead);
  const taken = new Set([...takenNames(steps), ...input.posted]);
  const freeBytes = freeBytesOf(observed.deviceMeta);
  return {
    suggestedName: via === 'lan' ? freshName(draft, taken) : hub === undefined ? '' : String(Number(hub.head.revision) + 1),
    takenNames: via === 'lan' ? [...taken] : [],
    upload: missing.upload.map(({ sha, size, key }) => ({ sha, size, key })),
    missing: [...missing.nobodyHas],
    asked: missing.asked,
    facts,
    ...(freeBytes !== undefined && { freeBytes }),
    ...(observed.running !== undefined && { running: observed.running }),
    baseMoved:
      draft.base.revision !== hub?.head.revision &&
      observed.runningText !== undefined &&
      !isSameText(observed.runningText, draft.base.text),
    rollback: {
      ...(rollback.to !== undefined && { to: rollback.to }),
      lost: [...rollback.lost],
      known: observed.steps !== undefined,
    },
    via,
    directions: directions.map((one) => (noTrail && one.via === 'hub' ? { via: one.via, closed: neverCame } : one)),
    suggested,
    leavesHub: via === 'lan' && watch.record.hub !== undefined && !local,
    offHub: watch.record.hub !== undefined && local,
    ...(hub && { hub }),
    uploadWay: receiver?.uploadWay ?? watch.link.uploadWay,
    postWay: receiver?.postWay ?? watch.link.postWay,
  };
}

const neverCame = 'The device has not come to its hub yet, so there is nothing that a revision could follow.';

function missingFor({ watch, objects, draft }: PlanInput, via: Via, signal: AbortSignal): Promise<MissingObjects> {
  const receiver = watch.link.by(via) ?? watch.link;
  const other = watch.link.by(via === 'lan' ? 'hub' : 'lan');
  return missingObjects(receiver, other, objects, stateOf(draft.text), watch.observed.runningText, signal);
}

function freeBytesOf(meta: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const storage = meta?.storage;
  const free = typeof storage === 'object' && storage !== null && 'free' in storage ? Number(storage.free) : Number.NaN;
  return Number.isFinite(free) ? free : undefined;
}

/** One revision read over the local network and over a hub may be written differently and say the same. */
function isSameText(a: string, b: string): boolean {
  if (a === b) return true;
  if (!parseState(a).ok || !parseState(b).ok) return false;
  return hubText(a) === hubText(b);
}
