import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { orpc, problemOf } from '../../rpc.ts';
import { useFleet } from './useFleet.ts';

interface Demo {
  readonly running: boolean;
  readonly busy: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

function showProblem(error: unknown): void {
  const problem = problemOf(error);
  notifications.show({ title: problem.what, message: problem.next, color: 'red' });
}

/** The simulated fleet: whether it runs, and its switch. */
export function useDemo(): Demo {
  const running = useFleet().data?.demo ?? false;
  const { mutate: start, isPending: starting } = useMutation(orpc.fleet.startDemo.mutationOptions({ onError: showProblem }));
  const { mutate: stop, isPending: stopping } = useMutation(orpc.fleet.stopDemo.mutationOptions({ onError: showProblem }));
  return useMemo(
    () => ({ running, busy: starting || stopping, start: () => start(undefined), stop: () => stop(undefined) }),
    [running, starting, stopping, start, stop],
  );
}
