import type { UseQueryResult } from '@tanstack/react-query';
import type { FleetEvent } from '../../../shared/contract/fleet.ts';
import type { LiveProcedure } from '../../rpc/liveQuery.ts';
import { orpc, useLiveReduced } from '../../rpc.ts';
import { type FleetView, reduceFleet } from './fleetView.ts';
import { inFrames } from './inFrames.ts';

/** Milliseconds that the pieces of a large fleet are gathered for: putting thousands of rows in order once is quicker than ten times. */
const patience = 400;

/** The fleet's events, gathered per picture. */
const gathered: LiveProcedure<undefined, readonly FleetEvent[]> = {
  call: async (input, options) => {
    const stream = await orpc.fleet.watch.call(input, options);
    let isWhole = false;
    const isWorthShowing = (events: readonly FleetEvent[]) => {
      isWhole ||= events.some((event) => event.kind === 'complete' || isAll(event));
      return isWhole;
    };
    return inFrames(stream, { isWorthShowing, patience });
  },
  experimental_liveKey: (options) => orpc.fleet.watch.experimental_liveKey(options),
};

function isAll(event: FleetEvent): boolean {
  return event.kind === 'snapshot' && event.devices.length >= event.total;
}

/** All devices, as they change. Everybody who asks shares one subscription. */
export function useFleet(): UseQueryResult<FleetView, Error> {
  return useLiveReduced(gathered, undefined, reduceFleet);
}
