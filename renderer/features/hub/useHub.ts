import type { UseQueryResult } from '@tanstack/react-query';
import type { HubOverview } from '../../../shared/contract/hub.ts';
import { orpc, useLive } from '../../rpc.ts';

/** The hub accounts and where their secrets are kept, as they change. Everybody who asks shares one subscription. */
export function useHub(): UseQueryResult<HubOverview, Error> {
  return useLive(orpc.hub.watch, undefined);
}
