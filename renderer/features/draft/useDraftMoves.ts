import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import type { Draft } from '../../../shared/contract/draft.ts';
import { paths } from '../../routes/paths.ts';
import { client, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { showUndo } from '../../ui/showNotice.ts';

export interface DraftMoves {
  /** Discards the draft, with a message that brings it back, and goes to the device. */
  readonly discard: () => void;
  /** Makes a copy and goes there. */
  readonly duplicate: () => void;
  /** Starts another draft from the same revision and goes there. */
  readonly startAnother: () => void;
  readonly compare: () => void;
  readonly post: () => void;
}

/** What can be done with the draft as a whole. */
export function useDraftMoves({ id: draftId, deviceId, title, base }: Draft): DraftMoves {
  const [, navigate] = useLocation();
  const { revision } = base;
  const go = useCallback(
    (make: () => Promise<Draft>) => {
      make().then(
        (draft) => navigate(paths.draft(deviceId, draft.id)),
        (error: unknown) => showProblem(problemOf(error)),
      );
    },
    [navigate, deviceId],
  );
  const discard = useCallback(() => {
    client.draft.discard({ draftId }).then(
      () => {
        navigate(paths.device(deviceId));
        showUndo(strings.discarded(title === '' ? strings.switcher.untitledOf(revision) : title), () =>
          go(() => client.draft.restore({ draftId })),
        );
      },
      (error: unknown) => showProblem(problemOf(error)),
    );
  }, [draftId, deviceId, title, revision, navigate, go]);
  return useMemo(
    () => ({
      discard,
      duplicate: () => {
        const copy = strings.switcher.copyOf(title === '' ? strings.switcher.untitledOf(revision) : title).slice(0, 200);
        go(() => client.draft.duplicate({ draftId, title: copy }));
      },
      startAnother: () => go(() => client.draft.create({ deviceId, revision })),
      compare: () => navigate(paths.compare(deviceId, revision, `draft:${draftId}`)),
      post: () => navigate(paths.post(deviceId, draftId)),
    }),
    [discard, go, navigate, deviceId, draftId, revision, title],
  );
}
