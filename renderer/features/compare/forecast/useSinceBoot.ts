import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DeviceDetail } from '../../../../shared/contract/device.ts';
import { orpc } from '../../../rpc.ts';

export interface SinceBoot {
  /** Texts of the states that the device went through without a reboot, oldest first. */
  readonly texts: readonly string[];
  /** Every one of them is known. */
  readonly complete: boolean;
  readonly loading: boolean;
}

const none: readonly string[] = [];

/**
 * What a device has gone through since it booted: an update without a reboot leaves memory behind that decides with the next one.
 * `wanted` is false where the forecast does not start from the running revision.
 */
export function useSinceBoot(device: DeviceDetail | undefined, wanted: boolean): SinceBoot {
  const revisions = wanted && device !== undefined ? device.sinceBoot : none;
  const id = device?.summary.id;
  const states = useQueries({
    queries: revisions.flatMap((revision) =>
      id === undefined ? [] : [orpc.device.state.queryOptions({ input: { id, revision }, staleTime: 60_000 })],
    ),
    combine: (results) => ({
      texts: results.map((result) => result.data?.text),
      loading: results.some((result) => result.isPending),
    }),
  });
  const known = states.texts.filter((text) => text !== undefined);
  const joined = known.join('\0');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts are what counts, and the list is new each time
  const texts = useMemo(() => (known.length === 0 ? none : known), [joined]);
  return { texts, complete: known.length === revisions.length, loading: states.loading };
}
