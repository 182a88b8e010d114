import type { DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import type { HubOverview } from '../../../shared/contract/hub.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { lanProbes } from '../../sources/pantavisor/index.ts';
import type { Profile } from '../../storage/profile.ts';
import type { Fleet } from '../fleet.ts';
import { hubProbes } from './hub-way.ts';
import { runProbes, type WayToProbe } from './run.ts';

export interface DiagnosisPorts {
  readonly fleet: Pick<Fleet, 'device' | 'keysMet'>;
  readonly accounts: { readonly overview: HubOverview };
  readonly profile: Pick<Profile, 'hostKeys' | 'keys'>;
  readonly now: () => number;
}

/** "Why can't I reach it?" */
export class Diagnosis {
  readonly #ports: DiagnosisPorts;

  constructor(ports: DiagnosisPorts) {
    this.#ports = ports;
  }

  /**
   * Asks every way of the device that is set up, on connections of its own; all steps with each answer. A device that answers is polled at
   * once afterwards, so that its screen knows too. NOT_FOUND where the device was removed.
   */
  async *run(id: DeviceId, signal: AbortSignal): AsyncGenerator<DiagnosisStep[], void> {
    const { fleet, accounts, profile, now } = this.#ports;
    const watch = fleet.device(id);
    const { connection, hub } = watch.record;
    const ways: WayToProbe[] =
      connection === null ? [] : [...lanProbes(connection, { trust: profile.hostKeys, keys: profile.keys, now })];
    if (hub) {
      const account = accounts.overview.accounts.find((one) => one.id === hub.accountId);
      ways.push({ way: 'hub', ...hubProbes({ watch, account, now }) });
    }
    for await (const steps of runProbes(ways, AbortSignal.any([signal, watch.stopped]))) {
      const met = steps.find(({ problem }) => problem?.hostKey !== undefined)?.problem?.hostKey;
      if (met) fleet.keysMet.set(watch, met);
      yield steps;
    }
    if (signal.aborted) return;
    // A login that was refused a moment ago would be left alone for a while, though it was just let in.
    void watch.link.connect(watch.stopped, true).then(() => watch.poke());
  }
}
