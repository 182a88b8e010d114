import { skipToken } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { DraftId } from '../../../shared/contract/ids.ts';
import { client, orpc, problemOf, useLive } from '../../rpc.ts';
import { newer } from './versions.ts';

/** An edit, made against the version that is the newest when its turn comes. */
export type Edit = (at: { readonly draftId: DraftId; readonly version: number }) => Promise<Draft>;

/** How an edit ended: the draft that it gave, or why it was not taken. */
export type Edited = { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly problem: KnownProblem };

export interface DraftEditing {
  readonly draft: Draft | undefined;
  /** The draft can't be read: it was posted or discarded. */
  readonly gone: KnownProblem | undefined;
  /** Edits that are on their way. */
  readonly pending: number;
  /** Why the last edit was not taken; the next one that is clears it. */
  readonly problem: KnownProblem | undefined;
  readonly dismiss: () => void;
  /** Edits one after the other, each against the version that the one before it gave. */
  readonly edit: (edit: Edit) => Promise<Edited>;
  /** The newest draft from the backend. */
  readonly reload: () => Promise<Draft>;
}

/** A draft as it is stored, and the way to change it. Versions are kept here; nobody else has to know them. */
export function useDraft(draftId: DraftId | undefined): DraftEditing {
  const live = useLive(orpc.draft.watch, draftId === undefined ? skipToken : { draftId });
  const [answered, setAnswered] = useState<Draft>();
  const [pending, setPending] = useState(0);
  const [problem, setProblem] = useState<KnownProblem>();
  const draft = newer(live.data, answered?.id === draftId ? answered : undefined);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = newer(latest.current?.id === draftId ? latest.current : undefined, draft);
  });
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  const take = useCallback((next: Draft) => {
    latest.current = newer(latest.current, next);
    setAnswered((before) => newer(before, next));
    return next;
  }, []);
  const reload = useCallback(async () => {
    if (draftId === undefined) throw new Error('There is no draft.');
    for await (const now of await client.draft.watch({ draftId })) return take(now);
    throw new Error('The draft was not told.');
  }, [draftId, take]);

  const edit = useCallback(
    (run: Edit): Promise<Edited> => {
      const turn = async (): Promise<Edited> => {
        try {
          const at = latest.current ?? (await reload());
          const next = take(await run({ draftId: at.id, version: at.version }));
          setProblem(undefined);
          return { ok: true, draft: next };
        } catch (error) {
          const told = problemOf(error);
          if (told.code === 'CONFLICT') await reload().catch(() => undefined);
          setProblem(told);
          return { ok: false, problem: told };
        } finally {
          setPending((count) => count - 1);
        }
      };
      setPending((count) => count + 1);
      const mine = queue.current.then(turn);
      queue.current = mine;
      return mine;
    },
    [reload, take],
  );
  const dismiss = useCallback(() => setProblem(undefined), []);
  const gone = useMemo(() => (live.error === null ? undefined : problemOf(live.error)), [live.error]);
  return { draft, gone, pending, problem, dismiss, edit, reload };
}
