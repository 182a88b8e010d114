import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { showNotice } from '../../ui/showNotice.ts';

export type ContainerVerb = 'start' | 'stop' | 'restart';

export interface ContainerAction {
  readonly run: (container: string, verb: ContainerVerb) => void;
  /** The one that is on its way: `web restart`. */
  readonly pending: string | undefined;
}

/** Start, stop and restart of one container. The device answers at once and acts within seconds; the table shows it. */
export function useContainerAction(id: DeviceId): ContainerAction {
  const { mutate, variables, isPending } = useMutation(
    orpc.device.containerAction.mutationOptions({
      onSuccess: (_, { container, action }) => showNotice(strings.asked(action, container)),
      onError: (error) => showProblem(problemOf(error)),
    }),
  );
  const pending = isPending && variables !== undefined ? `${variables.container} ${variables.action}` : undefined;
  return useMemo(() => ({ run: (container, action) => mutate({ id, container, action }), pending }), [mutate, id, pending]);
}
