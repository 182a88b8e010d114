import type { UseQueryResult } from '@tanstack/react-query';
import { orpc, useLiveReduced } from '../../rpc.ts';
import { type FleetView, reduceFleet } from './fleetView.ts';

/** All devices, as they change. Everybody who asks shares one subscription. */
export function useFleet(): UseQueryResult<FleetView, Error> {
  return useLiveReduced(orpc.fleet.watch, undefined, reduceFleet);
}
