import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import { hubNumber, parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { RevisionStore } from '../storage/revisions.ts';

/** A state that is not kept for good, because the hub may still be given another one under its number. */
interface Unsettled {
  readonly sha: string;
  readonly text: string;
}

/** State texts of a device's revisions: from this computer where they are known, else from the device or its hub, once. */
export class States {
  readonly #fleet: Fleet;
  readonly #store: RevisionStore;
  readonly #unsettled = new Map<string, Unsettled>();

  constructor(fleet: Fleet, store: RevisionStore) {
    this.#fleet = fleet;
    this.#store = store;
  }

  /** The text without asking anybody. */
  known(device: DeviceId, revision: RevisionName): string | undefined {
    return this.#store.state(device, revision) ?? this.unsettled(device, revision);
  }

  /** The text of a revision on a hub that its device has not taken, as long as the hub names the same one. */
  unsettled(device: DeviceId, revision: RevisionName): string | undefined {
    const known = this.#unsettled.get(keyOf(device, revision));
    if (known === undefined) return undefined;
    const step = this.#fleet.device(device).observed.steps?.list.find(({ name }) => name === revision);
    return step?.stateSha === known.sha ? known.text : undefined;
  }

  /** `current` is the running revision, whose name may be unknown (a device that only has the pvr endpoint). */
  async read(
    device: DeviceId,
    revision: string,
    signal: AbortSignal,
  ): Promise<{ readonly revision: string; readonly text: string }> {
    const watch = this.#fleet.device(device);
    if (revision === 'current') {
      await watch.firstPoll;
      const running = watch.observed.running;
      if (running !== undefined) return this.read(device, running, signal);
      const now = await watch.link.readRunning(signal);
      // Whoever learns the name next asks for it by that, and the device may be silent by then.
      if (now.revision !== undefined) this.#store.saveState(device, now.revision, now.text);
      return { revision: now.revision ?? 'current', text: now.text };
    }
    const name = parseRevisionName(revision);
    if (name === undefined) throw noSuchRevision(revision);
    const known = this.known(device, name);
    const text = known ?? (await watch.link.readState(name, signal));
    this.#keep(watch, name, text);
    return { revision, text };
  }

  /** What a hub has of a revision may be replaced until its device takes it (hub: trails/put-trails-rev-state.go, status NEW). */
  #keep(watch: DeviceWatch, name: RevisionName, text: string): void {
    const { id } = watch.record;
    const step = watch.observed.steps?.list.find((one) => one.name === name);
    const ofHub = step?.onHub ?? (watch.link.hub !== undefined && hubNumber(name) !== undefined);
    if (ofHub && (step === undefined || step.progress?.status === 'NEW')) {
      if (step?.stateSha !== undefined) this.#unsettled.set(keyOf(id, name), { sha: step.stateSha, text });
      return;
    }
    this.#unsettled.delete(keyOf(id, name));
    if (this.#store.state(id, name) !== text) this.#store.saveState(id, name, text);
  }
}

function keyOf(device: DeviceId, revision: RevisionName): string {
  return `${device} ${revision}`;
}

function noSuchRevision(revision: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `There is no revision ${JSON.stringify(revision)} on this device.`,
    unchanged: 'Nothing was done.',
    next: 'Look at the timeline for the revisions that are there.',
  });
}
