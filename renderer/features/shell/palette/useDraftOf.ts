import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { paths } from '../../../routes/paths.ts';
import { orpc, problemOf } from '../../../rpc.ts';
import { showProblem } from '../../../ui/ProblemNotice.tsx';

/** Starts a draft from a revision of any device, and goes there. */
export function useDraftOf() {
  const [, navigate] = useLocation();
  return useMutation(
    orpc.draft.create.mutationOptions({
      onSuccess: (draft) => navigate(paths.draft(draft.deviceId, draft.id)),
      onError: (error) => showProblem(problemOf(error)),
    }),
  ).mutate;
}
