import { useCallback, useState } from 'react';
import type { LanConnection } from '../../../../shared/contract/connection.ts';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import type { DiscoveredDevice } from '../../../../shared/contract/fleet.ts';
import { client, problemOf } from '../../../rpc.ts';
import { strings } from '../../../strings/fleetDiscovered.ts';
import { showNotice } from '../../../ui/showNotice.ts';
import { useFleetPlace } from '../fleetPlace.ts';
import { afterProbe, connectionTo } from './addDiscovered.ts';

/** How far adding a found device is: what answers there is asked first. A problem stays until it is tried again or hidden. */
export type Adding = 'asking' | 'adding' | { readonly problem: KnownProblem };

interface AddDiscovered {
  readonly adding: ReadonlyMap<string, Adding>;
  readonly add: (device: DiscoveredDevice) => void;
  /** Without asking what answers there, with SSH alone. */
  readonly addAnyway: (device: DiscoveredDevice) => void;
  readonly forget: (key: string) => void;
}

/** Adds found devices to the fleet, each in one step. */
export function useAddDiscovered(): AddDiscovered {
  const [adding, setAdding] = useState<ReadonlyMap<string, Adding>>(new Map());
  const select = useFleetPlace((place) => place.select);
  const set = useCallback((key: string, state: Adding | undefined) => {
    setAdding((before) => {
      const after = new Map(before);
      if (state === undefined) after.delete(key);
      else after.set(key, state);
      return after;
    });
  }, []);
  const store = useCallback(
    async ({ key, name }: DiscoveredDevice, connection: LanConnection) => {
      set(key, 'adding');
      const added = await client.fleet.add({ name, connection });
      set(key, undefined);
      select(added.id);
      showNotice(strings.added(added.name));
    },
    [set, select],
  );
  const trying = useCallback(
    (key: string, work: () => Promise<void>) => {
      work().catch((error: unknown) => set(key, { problem: problemOf(error) }));
    },
    [set],
  );
  const add = useCallback(
    (device: DiscoveredDevice) =>
      trying(device.key, async () => {
        set(device.key, 'asking');
        const tried = connectionTo(device);
        const { connection, problem } = afterProbe(tried, await client.fleet.probe(tried));
        if (connection === undefined) set(device.key, { problem });
        else await store(device, connection);
      }),
    [trying, store, set],
  );
  const addAnyway = useCallback(
    (device: DiscoveredDevice) => trying(device.key, () => store(device, { ...connectionTo(device), http: null })),
    [trying, store],
  );
  return { adding, add, addAnyway, forget: useCallback((key) => set(key, undefined), [set]) };
}
