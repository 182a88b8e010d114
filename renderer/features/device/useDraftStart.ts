import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';

/** Starts a draft from a revision of a device ("current": the running one) and goes there. */
export function useDraftStart(deviceId: DeviceId): { readonly start: (revision: string) => void; readonly busy: boolean } {
  const [, navigate] = useLocation();
  const { mutate, isPending } = useMutation(
    orpc.draft.create.mutationOptions({
      onSuccess: (draft) => navigate(paths.draft(deviceId, draft.id)),
      onError: (error) => showProblem(problemOf(error)),
    }),
  );
  const start = useCallback((revision: string) => mutate({ deviceId, revision }), [mutate, deviceId]);
  return { start, busy: isPending };
}
