import { TrailbossError } from '../../shared/contract/errors.ts';
import type { FidelityEntry, FidelityOverview } from '../../shared/contract/fidelity.ts';
import type { DeviceId, UpdateId } from '../../shared/contract/ids.ts';
import { explain } from '../../shared/progress/explain.ts';
import { isGivenUp } from '../../shared/progress/given-up.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { UpdateStore } from '../storage/updates.ts';
import { comparedWithForecast } from './fidelity-lines.ts';

export interface FidelityPorts {
  readonly fleet: Fleet;
  readonly updates: UpdateStore;
}

/** So many updates that were as forecast are listed, the newest; every miss is. All of them count. */
const listedRight = 500;

/** How often forecasts were right, from the journals of the updates that ended. */
export class FidelityBook {
  readonly #ports: FidelityPorts;

  constructor(ports: FidelityPorts) {
    this.#ports = ports;
  }

  /** Of one device, or of all. Reads every journal: for a person who looks, not for a poll. */
  overview(device: DeviceId | undefined): FidelityOverview {
    const names = new Map(this.#ports.fleet.all().map(({ record }) => [record.id, record.name]));
    const updates = { right: 0, wrong: 0, unobserved: 0 };
    const counts = new Map<string, { what: string; right: number; wrong: number; unobserved: number }>();
    const entries: FidelityEntry[] = [];
    for (const { journal, pairKept } of this.#ports.updates.ended(device)) {
      const name = names.get(journal.deviceId);
      const compared = comparedWithForecast(journal);
      if (name === undefined || journal.forecast === undefined || compared === undefined) continue;
      if (journal.outcome?.result === 'refused' && this.#wasTakenBack(journal.id)) continue;
      updates[compared.result] += 1;
      for (const { what, agrees } of compared.lines) {
        const count = counts.get(what) ?? { what, right: 0, wrong: 0, unobserved: 0 };
        count[agrees === 'yes' ? 'right' : agrees === 'no' ? 'wrong' : 'unobserved'] += 1;
        counts.set(what, count);
      }
      if (compared.result !== 'wrong' && entries.length >= listedRight) continue;
      entries.push({
        updateId: journal.id,
        deviceId: journal.deviceId,
        deviceName: name,
        ...(journal.from !== undefined && { from: journal.from }),
        revision: journal.revision,
        endedAt: journal.endedAt ?? journal.startedAt,
        result: compared.result,
        forecast: journal.forecast,
        lines: [...compared.lines],
        preflight: compared.preflight,
        pairKept,
      });
    }
    return { updates, counts: [...counts.values()], entries };
  }

  /** What a person cancelled or gave up on the hub says nothing about the forecast. */
  #wasTakenBack(id: UpdateId): boolean {
    const last = this.#ports.updates.reports(id).at(-1);
    if (last === undefined) return false;
    return explain(last.status, last.message).outcome === 'cancelled' || isGivenUp(last.status, last.message);
  }

  /** The texts of an update's forecast, exactly as the device and the draft had them. NOT_FOUND where they were not kept. */
  pair(id: UpdateId): { running: string; sinceBoot: string[]; next: string } {
    const pair = this.#ports.updates.pair(id);
    if (pair !== undefined) return { running: pair.running, sinceBoot: [...pair.sinceBoot], next: pair.next };
    throw new TrailbossError('NOT_FOUND', {
      what: 'The states of this update were not kept.',
      unchanged: 'Nothing was changed.',
      next: 'Updates that are posted or run from now on keep them.',
    });
  }
}
