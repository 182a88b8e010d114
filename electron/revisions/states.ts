import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import { parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { RevisionStore } from '../storage/revisions.ts';

/** State texts of a device's revisions: from this computer where they are known, else from the device, once. */
export class States {
  readonly #fleet: Fleet;
  readonly #store: RevisionStore;

  constructor(fleet: Fleet, store: RevisionStore) {
    this.#fleet = fleet;
    this.#store = store;
  }

  /** The text without asking the device. */
  known(device: DeviceId, revision: RevisionName): string | undefined {
    return this.#store.state(device, revision);
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
    const text = this.#store.state(device, name);
    if (text !== undefined) return { revision, text };
    const read = await watch.link.readState(name, signal);
    this.#store.saveState(device, name, read);
    return { revision, text: read };
  }
}

function noSuchRevision(revision: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `There is no revision ${JSON.stringify(revision)} on this device.`,
    unchanged: 'Nothing was done.',
    next: 'Look at the timeline for the revisions that are there.',
  });
}
