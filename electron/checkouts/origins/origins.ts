import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Parts, PartsPlan, StateOrigin, WorkNews } from '../../../shared/contract/checkout.ts';
import type { CheckoutId, DeviceId } from '../../../shared/contract/ids.ts';
import type { CopyPair } from '../../../shared/pvr/fast-copy.ts';
import { stateSha } from '../../../shared/state/canonical.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import type { Drafts } from '../../revisions/drafts.ts';
import type { States } from '../../revisions/states.ts';
import type { ObjectStore } from '../../storage/objects.ts';
import { ifThere } from '../folder/disk.ts';
import { openFolderFeed } from '../folder/folder-feed.ts';
import type { Checkouts } from '../room.ts';
import { cloneTo } from './clone.ts';
import { draftText, makeDraft, runningOf } from './draft-for.ts';
import { fastCopy } from './fast-copy.ts';
import { anyOf, type Nearby, notOfTree } from './nearby.ts';
import { localPath, openOrigin } from './open-origin.ts';
import type { Origin } from './origin.ts';
import { planParts, takeInto } from './take.ts';

/** The checkouts that are open here. */
export type OpenCheckouts = Pick<Checkouts, 'folder' | 'rootOf' | 'open' | 'work' | 'news'>;

export interface OriginsPorts {
  readonly fleet: Pick<Fleet, 'all' | 'device'>;
  readonly states: Pick<States, 'read'>;
  readonly drafts: Pick<Drafts, 'createWith'>;
  readonly objects: ObjectStore;
  readonly checkouts: OpenCheckouts;
  readonly home: string;
  /** Where a clone's objects go: `pvrObjectsFolder`. */
  readonly objectsDir: string;
}

/** What comes into checkouts and drafts from elsewhere. Each piece of work tells how it goes on; leaving its stream cancels it. */
export class Origins {
  readonly #ports: OriginsPorts;
  readonly #nearby: Nearby;

  constructor(ports: OriginsPorts) {
    this.#ports = ports;
    const { objects, objectsDir } = ports;
    this.#nearby = anyOf(
      (sha) => objects.file(sha),
      async (sha) => ((await ifThere(stat(join(objectsDir, sha))))?.isFile() ? join(objectsDir, sha) : undefined),
    );
  }

  clone(
    wish: { readonly from: StateOrigin; readonly parts: Parts; readonly path: string },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<WorkNews, void> {
    const { checkouts, home, objectsDir } = this.#ports;
    return this.#ports.checkouts.news(async (tell, stop) => {
      const path = localPath(wish.path, home);
      const entries = await this.#with(wish.from, (origin) =>
        cloneTo({ origin, parts: wish.parts, path, objectsDir, nearby: this.#nearby }, tell, stop),
      );
      return { text: `Cloned ${entries} entries to ${path}`, checkoutId: await checkouts.open(path), path };
    }, signal);
  }

  async partsPlan(
    wish: { readonly id: CheckoutId; readonly from: StateOrigin; readonly parts: Parts; readonly mode: 'get' | 'merge' },
    signal: AbortSignal,
  ): Promise<PartsPlan> {
    const folder = await this.#ports.checkouts.folder(wish.id);
    return this.#with(wish.from, (origin) => planParts({ folder, origin, parts: wish.parts, mode: wish.mode }, signal));
  }

  takeParts(
    wish: { readonly id: CheckoutId; readonly from: StateOrigin; readonly parts: Parts; readonly mode: 'get' | 'merge' },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<WorkNews, void> {
    const what = wish.mode === 'get' ? 'got parts into' : 'merged parts into';
    return this.#ports.checkouts.work(wish.id, what, signal, async (folder, tell, stop) => {
      const changed = await this.#with(wish.from, (origin) =>
        takeInto({ folder, origin, parts: wish.parts, mode: wish.mode }, this.#nearby, tell, stop),
      );
      const entries = changed === 1 ? '1 entry is' : `${changed} entries are`;
      return { text: changed === 0 ? 'Nothing is different there' : `${entries} different now` };
    });
  }

  draftFor(
    wish: { readonly id: CheckoutId; readonly deviceId: DeviceId; readonly which: 'working' | 'commit' },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<WorkNews, void> {
    const { checkouts, fleet, states } = this.#ports;
    return this.#ports.checkouts.news(async (tell, stop) => {
      const root = checkouts.rootOf(wish.id);
      const watch = fleet.device(wish.deviceId);
      const opened = await openFolderFeed(root, wish.which);
      const feed = { ...opened, objectFile: notOfTree(root, async (sha, signal) => opened.objectFile?.(sha, signal)) };
      const text = draftText(await feed.state(stop), root);
      tell({ text: `Asking ${watch.record.name} what it runs` });
      const base = await runningOf(watch, states, stop);
      const title = `Checkout ${basename(root)}`;
      const draft = await makeDraft({ watch, base, text, feed, title, nearby: this.#nearby }, this.#ports, tell, stop);
      return { text: `A draft for ${watch.record.name}`, draftId: draft.id, deviceId: draft.deviceId };
    }, signal);
  }

  fastCopy(
    wish: { readonly from: StateOrigin; readonly to: DeviceId; readonly pairs: readonly CopyPair[]; readonly merge: boolean },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<WorkNews, void> {
    return this.#ports.checkouts.news(async (tell, stop) => {
      const target = this.#ports.fleet.device(wish.to);
      const { pairs, merge } = wish;
      const draft = await this.#with(wish.from, (origin) =>
        fastCopy({ origin, target, pairs, merge, nearby: this.#nearby }, this.#ports, tell, stop),
      );
      return { text: `A draft for ${target.record.name}`, draftId: draft.id, deviceId: draft.deviceId };
    }, signal);
  }

  /** BAD_STATE and BAD_REPLY for what is no state. */
  lookAt(from: StateOrigin, signal: AbortSignal): Promise<{ text: string; sha: string }> {
    return this.#with(from, async (origin) => {
      const text = await origin.state(signal);
      return { text, sha: stateSha(text) };
    });
  }

  async #with<T>(from: StateOrigin, work: (origin: Origin) => Promise<T>): Promise<T> {
    const { fleet, states, objects, checkouts, home } = this.#ports;
    const origin = await openOrigin(from, { fleet, states, objects, home, rootOf: (id) => checkouts.rootOf(id) });
    try {
      return await work(origin);
    } finally {
      await origin.close?.();
    }
  }
}
