import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { type DeviceTest, deviceTest } from '../filter/matchFilter.ts';
import { parseFilter } from '../filter/parseFilter.ts';

/** Devices that are looked at before somebody asks whether there is time for more. */
const atOnce = 500;

/**
 * Counts the devices of several filters together. What a device belongs to is found once and kept until it changes, so that a fleet of
 * thousands is looked at anew in a few milliseconds.
 */
export class ViewCounter {
  readonly #tests: readonly (DeviceTest | undefined)[];
  readonly #known = new WeakMap<DeviceSummary, number>();

  /** At most 31 filters. */
  constructor(filters: readonly string[]) {
    this.#tests = filters.map((filter) => deviceTest(parseFilter(filter)));
  }

  /** Ends with the number of devices of each filter; gives way now and then before that. */
  *count(devices: Iterable<DeviceSummary>): Generator<undefined, readonly number[]> {
    const counts = this.#tests.map(() => 0);
    let looked = 0;
    for (const device of devices) {
      const bits = this.#bitsOf(device);
      for (let view = 0; view < counts.length; view += 1) counts[view] = (counts[view] ?? 0) + ((bits >> view) & 1);
      looked += 1;
      if (looked % atOnce === 0) yield;
    }
    return counts;
  }

  #bitsOf(device: DeviceSummary): number {
    const known = this.#known.get(device);
    if (known !== undefined) return known;
    const bits = this.#tests.reduce((sum, test, view) => (test === undefined || test(device) ? sum | (1 << view) : sum), 0);
    this.#known.set(device, bits);
    return bits;
  }
}
