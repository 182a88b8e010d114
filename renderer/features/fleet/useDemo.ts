import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { orpc, problemOf } from '../../rpc.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { useFleet } from './useFleet.ts';

interface Demo {
  readonly running: boolean;
  readonly busy: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

const onError = (error: unknown) => showProblem(problemOf(error));

/** The simulated fleet: whether it runs, and its switch. */
export function useDemo(): Demo {
  const running = useFleet().data?.demo ?? false;
  const { mutate: start, isPending: starting } = useMutation(orpc.fleet.startDemo.mutationOptions({ onError }));
  const { mutate: stop, isPending: stopping } = useMutation(orpc.fleet.stopDemo.mutationOptions({ onError }));
  return useMemo(
    () => ({ running, busy: starting || stopping, start: () => start(undefined), stop: () => stop(undefined) }),
    [running, starting, stopping, start, stop],
  );
}
