import type { DiscoveredDevice } from '../../../../shared/contract/fleet.ts';
import { orpc, useLive } from '../../../rpc.ts';
import { useDismissed } from './dismissed.ts';

interface Discovered {
  readonly shown: readonly DiscoveredDevice[];
  readonly hidden: readonly DiscoveredDevice[];
}

const none: readonly DiscoveredDevice[] = [];

/** What was found on the local network and is not in the fleet, without and with what the person hid. */
export function useDiscovered(): Discovered {
  const found = useLive(orpc.fleet.discovered, undefined).data ?? none;
  const dismissed = useDismissed(({ keys }) => keys);
  return {
    shown: found.filter(({ key }) => !dismissed.includes(key)),
    hidden: found.filter(({ key }) => dismissed.includes(key)),
  };
}
