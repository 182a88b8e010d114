import { canonicalize } from '../../shared/state/canonical.ts';
import { hubNumber, parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { RevisionStore } from '../storage/revisions.ts';
import { hashOfText } from '../storage/state-texts.ts';

/** What a device runs. `hash` is that of the exact text. */
export interface Running {
  readonly revision: string;
  readonly hash: string;
}

/** What is known of a device's running state without asking anybody, or how to find out. */
export type Look =
  | { readonly kind: 'known'; readonly running: Running }
  /** It costs a call to its hub. */
  | { readonly kind: 'ask'; readonly read: (signal: AbortSignal) => Promise<Running | undefined> }
  /** It is asked by itself: look again then. */
  | { readonly kind: 'wait'; readonly until: () => Promise<void> }
  | { readonly kind: 'unknown' };

/** Finds the running states: in memory, in storage by revision, by the sha that a hub told, and at last on the hub. */
export class RunningLook {
  readonly #store: RevisionStore;
  /** Texts as hubs hand them out, by their canonical sha. */
  readonly #canonical = new Map<string, string>();

  constructor(store: RevisionStore) {
    this.#store = store;
  }

  /** `asked`: the device was asked by itself since, so that waiting for that again leads nowhere. */
  at(watch: DeviceWatch, asked: boolean): Look {
    const { observed, facts, record } = watch;
    const name = observed.running ?? parseRevisionName(facts.running ?? '');
    if (observed.runningText !== undefined) {
      return { kind: 'known', running: { revision: name ?? 'current', hash: hashOfText(observed.runningText) } };
    }
    const hash = name && (this.#store.stateHash(record.id, name) ?? this.#byToldSha(watch, name));
    if (name !== undefined && hash !== undefined) return { kind: 'known', running: { revision: name, hash } };
    const isNear = record.connection !== null;
    if (isNear && !asked) return { kind: 'wait', until: () => watch.firstPoll };
    if (watch.hub === undefined || watch.ways.hub.kind === 'blocked') return { kind: 'unknown' };
    const number = name && hubNumber(name);
    if (name !== undefined && number !== undefined) {
      return { kind: 'ask', read: (signal) => this.#ofHub(watch, name, number, signal) };
    }
    // Nobody knows what runs: its trail tells.
    return name === undefined && !asked ? { kind: 'ask', read: () => this.#afterPoll(watch) } : { kind: 'unknown' };
  }

  /** Where a text is that is not in storage, it is in memory of one of the devices that run it. */
  textOf(hash: string, watches: () => Iterable<DeviceWatch>): string | undefined {
    const kept = this.#store.textOf(hash);
    if (kept !== undefined) return kept;
    for (const { observed } of watches()) {
      if (observed.runningText !== undefined && hashOfText(observed.runningText) === hash) return observed.runningText;
    }
    return undefined;
  }

  #byToldSha({ facts, observed }: DeviceWatch, name: RevisionName): string | undefined {
    const told =
      facts.hub?.steps.find(({ revision }) => String(revision) === name)?.stateSha ??
      observed.steps?.list.find((step) => step.name === name)?.stateSha;
    if (told === undefined) return undefined;
    const known = this.#canonical.get(told);
    if (known !== undefined) return known;
    const text = this.#store.textWithSha(told);
    // A hub hands every state out in canonical form, and what a container inherits may hang on the order of the entries.
    return text === undefined ? undefined : this.#keep(canonicalize(text), told);
  }

  async #afterPoll(watch: DeviceWatch): Promise<Running | undefined> {
    await watch.firstPoll;
    const look = this.at(watch, true);
    return look.kind === 'known' ? look.running : undefined;
  }

  async #ofHub(watch: DeviceWatch, name: RevisionName, number: number, signal: AbortSignal): Promise<Running> {
    const { hub, record } = watch;
    if (hub === undefined) throw new Error('the device left its hub');
    const text = await hub.client.stateText(hub.deviceId, number, signal);
    // The device runs it, so the hub gives this number no other state any more.
    this.#store.saveState(record.id, name, text);
    return { revision: name, hash: hashOfText(text) };
  }

  #keep(text: string, sha: string): string {
    const hash = this.#store.keepText(text);
    this.#store.keepSha(hash, sha);
    this.#canonical.set(sha, hash);
    return hash;
  }
}
