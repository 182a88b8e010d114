import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { orpc, problemOf } from '../../rpc.ts';

export interface OlderRevisions {
  readonly loading: boolean;
  readonly problem: KnownProblem | undefined;
  readonly load: () => void;
  /** The same, unless one is on its way or the last one failed: a person has to ask for that. False where it did nothing. */
  readonly loadByItself: () => boolean;
}

/** Reads older revisions from the hub into the timeline, a page at a time. */
export function useOlder(id: DeviceId): OlderRevisions {
  const { mutate, isPending, error } = useMutation(orpc.device.loadOlder.mutationOptions());
  const load = useCallback(() => mutate({ id }), [mutate, id]);
  const free = !isPending && error === null;
  const loadByItself = useCallback(() => {
    if (free) load();
    return free;
  }, [free, load]);
  return { loading: isPending, problem: error === null ? undefined : problemOf(error), load, loadByItself };
}
