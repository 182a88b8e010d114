import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { useFleet } from '../fleet/useFleet.ts';

/** The id of the device that an address is inside of. */
export function deviceIdIn(place: string): string | undefined {
  return /^\/device\/([^/?]+)/.exec(place)?.[1];
}

/** The device whose screen is shown, or whose draft, comparison or update. */
export function useOpenDevice(): DeviceSummary | undefined {
  const [place] = useLocation();
  const { data: fleet } = useFleet();
  const id = deviceIdIn(place);
  return id === undefined ? undefined : fleet?.devices.get(id);
}
