import { basename } from 'node:path';
import type { Draft } from '../../../shared/contract/draft.ts';
import { parsePristine } from '../../../shared/pvr/pristine.ts';
import { membersOf, objectsIn } from '../../../shared/pvr/state-members.ts';
import type { Sha256 } from '../../../shared/state/ids.ts';
import type { DeviceWatch } from '../../fleet/device-watch.ts';
import { type Drafts, stateOf } from '../../revisions/drafts.ts';
import type { States } from '../../revisions/states.ts';
import type { ObjectStore } from '../../storage/objects.ts';
import { badState } from '../problems.ts';
import type { StateFeed } from '../pvr-folder.ts';
import type { Progress } from '../work-news.ts';
import { bringObjects } from './bring-objects.ts';
import { lackedBy } from './missing-here.ts';
import { anyOf, type Nearby } from './nearby.ts';
import { storeSink } from './sinks.ts';

/** Characters that a draft's title has at most. */
const longestTitle = 200;

export interface DraftPorts {
  readonly states: Pick<States, 'read'>;
  readonly drafts: Pick<Drafts, 'createWith'>;
  readonly objects: ObjectStore;
}

/** A state that is to become a draft of a device, and where its objects are. */
export interface DraftWish {
  readonly watch: DeviceWatch;
  /** What runs on the device: the draft's base. */
  readonly base: Draft['base'];
  /** Canonical. */
  readonly text: string;
  readonly feed: Pick<StateFeed, 'label' | 'object' | 'objectFile'>;
  readonly title: string;
  readonly nearby: Nearby;
}

/** What runs on a device, with the name that a draft's base has. */
export async function runningOf(watch: DeviceWatch, states: Pick<States, 'read'>, signal: AbortSignal): Promise<Draft['base']> {
  await watch.link.connect(signal);
  return states.read(watch.record.id, 'current', signal);
}

/**
 * Makes the draft. Only objects that the device lacks come into Trailboss' store: as links where they are files of a store on this computer,
 * all of them checked. Where one can't be had there is no draft; those that came stay for the next try.
 */
export async function makeDraft(wish: DraftWish, ports: DraftPorts, tell: Progress, signal: AbortSignal): Promise<Draft> {
  const { watch, base, text, feed, title } = wish;
  stateOf(text);
  const named = objectsIn(membersOf(text));
  tell({ text: `Asking ${watch.record.name} which objects it has` });
  const lacked = await lackedBy(watch, base.text, [...named.keys()], signal);
  const release = ports.objects.hold(lacked);
  try {
    await bringObjects(
      {
        wanted: lacked,
        from: (sha, stop) => feed.object(sha, stop),
        nearby: anyOf(async (sha, stop) => feed.objectFile?.(sha, stop), wish.nearby),
        sink: storeSink(ports.objects),
        text: `Getting the objects from ${feed.label}`,
      },
      tell,
      signal,
    );
    const objects = await Promise.all(lacked.map((sha) => draftObject(ports.objects, sha, named.get(sha) ?? sha)));
    signal.throwIfAborted();
    return ports.drafts.createWith({ deviceId: watch.record.id, base, text, objects, title: title.slice(0, longestTitle) });
  } finally {
    release();
  }
}

/** A checkout's state for a draft: BAD_STATE where it can't be read as one. */
export function draftText(text: string | undefined, name: string): string {
  const parsed = text === undefined ? undefined : parsePristine(text);
  if (parsed?.ok === true) return parsed.pristine.text;
  throw badState(`The state of ${name} can’t be read.`, 'Open the checkout and look at what its files say.', parsed?.reason);
}

async function draftObject(store: ObjectStore, sha: Sha256, key: string): Promise<Draft['objects'][number]> {
  return { sha, size: (await store.size(sha)) ?? 0, fileName: basename(key) };
}
