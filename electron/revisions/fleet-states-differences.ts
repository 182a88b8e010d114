import { setImmediate } from 'node:timers/promises';
import { compareStates } from '../../shared/compare/compare.ts';
import type { DeviceId } from '../../shared/contract/ids.ts';
import type { DifferenceGroup, FleetDifferences } from '../../shared/contract/states.ts';
import { partLabel } from '../../shared/state/parts.ts';
import { parseState } from '../../shared/state/state.ts';
import { hashOfText } from '../storage/state-texts.ts';
import type { FleetReading } from './fleet-states-reading.ts';
import { forecastRecord } from './forecast-record.ts';

/** How a state differs from the reference. `key` is the same for those that differ in the same way. */
export interface Difference extends Pick<DifferenceGroup, 'changes' | 'forecast'> {
  readonly key: string;
}

/** What moving from `text` to `reference` would change and do. Undefined where one of them is no state. */
export function difference(text: string, reference: string): Difference | undefined {
  const [from, to] = [parseState(text), parseState(reference)];
  if (!from.ok || !to.ok) return undefined;
  const changes = compareStates(from.state, to.state).parts.flatMap(({ part, changes }) =>
    changes.map(({ key, kind }) => ({
      key,
      kind: kind === 'formatting-only' ? ('formatting' as const) : kind,
      part: partLabel(part),
    })),
  );
  const forecast = forecastRecord(text, reference, []);
  return { changes, forecast, key: JSON.stringify([changes, forecast]) };
}

/** How each state that runs somewhere differs from one reference, worked out one by one and once for each text. */
export class DifferencesFrom {
  readonly #reading: FleetReading;
  readonly #onChange: () => void;
  readonly #known = new Map<string, Difference | undefined>();
  #reference: string;
  #referenceHash: string;
  #working = false;
  #closed = false;

  constructor(reading: FleetReading, reference: string, onChange: () => void) {
    this.#reading = reading;
    this.#reference = reference;
    this.#referenceHash = hashOfText(reference);
    this.#onChange = onChange;
  }

  /** The reference is another one now. */
  setReference(text: string): void {
    const hash = hashOfText(text);
    if (hash === this.#referenceHash) return;
    this.#reference = text;
    this.#referenceHash = hash;
    this.#known.clear();
    this.work();
  }

  /** Works out what is not known yet, giving others their turn in between. */
  work(): void {
    if (this.#working) return;
    this.#working = true;
    void this.#workThrough().finally(() => {
      this.#working = false;
    });
  }

  close(): void {
    this.#closed = true;
  }

  /** Largest group first. Devices whose difference is not worked out yet are in none. */
  value(nameOf: (id: DeviceId) => string | undefined): FleetDifferences {
    const groups = new Map<string, DifferenceGroup>();
    let read = 0;
    for (const [id, { revision, hash }] of this.#reading.running) {
      const found = this.#known.get(hash);
      const sha = this.#reading.factsOf(hash)?.sha;
      const name = nameOf(id);
      if (found === undefined || sha === undefined || name === undefined) continue;
      read += 1;
      const key = `${sha} ${found.key}`;
      const group = groups.get(key);
      if (group) group.devices.push({ id, name, revision });
      else {
        const { changes, forecast } = found;
        groups.set(key, { sha, devices: [{ id, name, revision }], changes, ...(forecast && { forecast }) });
      }
    }
    const sorted = [...groups.values()].sort((a, b) => b.devices.length - a.devices.length || (a.sha < b.sha ? -1 : 1));
    return { progress: { ...this.#reading.progress, read }, groups: sorted };
  }

  async #workThrough(): Promise<void> {
    for (let hash = this.#next(); hash !== undefined && !this.#closed; hash = this.#next()) {
      const text = this.#reading.textOf(hash);
      this.#known.set(hash, text === undefined ? undefined : difference(text, this.#reference));
      this.#onChange();
      await setImmediate();
    }
  }

  #next(): string | undefined {
    for (const { hash } of this.#reading.running.values()) if (!this.#known.has(hash)) return hash;
    return undefined;
  }
}
