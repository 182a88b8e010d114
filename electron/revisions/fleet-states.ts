import type { DeviceId, DraftId } from '../../shared/contract/ids.ts';
import type { ContainerPolicy, FleetDifferences, FleetPolicies } from '../../shared/contract/states.ts';
import type { Listeners } from '../fleet/listeners.ts';
import type { Drafts } from './drafts.ts';
import { DifferencesFrom } from './fleet-states-differences.ts';
import { FleetReading, type ReadingPorts } from './fleet-states-reading.ts';
import { Paced } from './paced.ts';
import type { States } from './states.ts';

/** Something that was worked out of the running states, for as long as somebody looks. */
export interface OpenStates<Value> {
  readonly value: Value;
  readonly changes: Listeners<void>;
  close(): void;
}

export interface FleetStatesPorts extends ReadingPorts {
  readonly states: States;
  readonly drafts: Drafts;
}

export type Reference = { readonly deviceId: DeviceId; readonly revision: string } | { readonly draftId: DraftId };

/** What the whole fleet runs. Everybody who looks shares one reading. */
export class FleetStates {
  readonly #ports: FleetStatesPorts;
  readonly #reading: FleetReading;

  constructor(ports: FleetStatesPorts) {
    this.#ports = ports;
    this.#reading = new FleetReading(ports);
  }

  policies(): OpenStates<FleetPolicies> {
    const reading = this.#reading;
    const leave = reading.join();
    const paced = new Paced(() => reading.running.size);
    const stopListening = reading.changes.add(() => paced.touch());
    return {
      get value() {
        return { progress: reading.progress, groups: policyGroups(reading) };
      },
      changes: paced.changes,
      close: () => {
        stopListening();
        paced.close();
        leave();
      },
    };
  }

  /** Throws as reading the reference does: it is read before anything else. */
  async differences(reference: Reference, signal: AbortSignal): Promise<OpenStates<FleetDifferences>> {
    const text = await this.#textOf(reference, signal);
    const reading = this.#reading;
    const { fleet } = this.#ports;
    const leave = reading.join();
    const paced = new Paced(() => reading.running.size);
    const from = new DifferencesFrom(reading, text, () => paced.touch());
    const follow = this.#follow(reference, (next) => from.setReference(next));
    const stopListening = reading.changes.add(() => {
      from.work();
      paced.touch();
    });
    from.work();
    return {
      get value() {
        const names = new Map(fleet.all().map(({ record }) => [record.id, record.name]));
        return from.value((id) => names.get(id));
      },
      changes: paced.changes,
      close: () => {
        follow();
        stopListening();
        from.close();
        paced.close();
        leave();
      },
    };
  }

  async #textOf(reference: Reference, signal: AbortSignal): Promise<string> {
    if ('draftId' in reference) return this.#ports.drafts.get(reference.draftId).text;
    return (await this.#ports.states.read(reference.deviceId, reference.revision, signal)).text;
  }

  /** Tells when the reference is another text: the draft was edited, or the device of "current" moved. */
  #follow(reference: Reference, tell: (text: string) => void): () => void {
    const { drafts } = this.#ports;
    const reading = this.#reading;
    if ('draftId' in reference) {
      const { draftId } = reference;
      return drafts.changes.add(({ id }) => {
        // A draft that is gone stays what it was for who looks.
        if (id === draftId && drafts.list(undefined).some((draft) => draft.id === id)) tell(drafts.get(id).text);
      });
    }
    if (reference.revision !== 'current') return () => undefined;
    let last = '';
    return reading.changes.add(() => {
      const hash = reading.running.get(reference.deviceId)?.hash ?? last;
      const text = hash === last ? undefined : reading.textOf(hash);
      last = hash;
      if (text !== undefined) tell(text);
    });
  }
}

/** Devices under the same policies share one list of them, so that the list itself tells them apart. */
function policyGroups(reading: FleetReading): FleetPolicies['groups'] {
  const groups = new Map<readonly ContainerPolicy[], DeviceId[]>();
  for (const [id, { hash }] of reading.running) {
    const policies = reading.factsOf(hash)?.policies;
    if (policies === undefined) continue;
    const devices = groups.get(policies);
    if (devices) devices.push(id);
    else groups.set(policies, [id]);
  }
  return [...groups]
    .map(([policies, devices]) => ({ policies: [...policies], devices }))
    .sort((a, b) => b.devices.length - a.devices.length);
}
