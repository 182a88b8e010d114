import { useCallback, useMemo } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { showNotice, showUndo } from '../../ui/showNotice.ts';
import type { DraftEditing, Edit } from './useDraft.ts';

export interface DraftSteps {
  /** What undo would take back and redo bring again, as people say it; undefined where there is nothing. */
  readonly undoes: string | undefined;
  readonly redoes: string | undefined;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Makes an edit and says what was done, with a button that takes it back as long as no other edit followed. */
  readonly editWithUndo: (said: string, edit: Edit) => Promise<boolean>;
}

/** Undo and redo across the whole draft. */
export function useHistory(draft: Draft, { edit, reload, pending }: DraftEditing): DraftSteps {
  // While an edit is on its way nobody knows yet what there will be to take back.
  const mayUndo = draft.undo !== undefined || pending > 0;
  const mayRedo = draft.redo !== undefined || pending > 0;
  const undo = useCallback(() => {
    if (mayUndo) void edit((at) => client.draft.undo(at));
  }, [edit, mayUndo]);
  const redo = useCallback(() => {
    if (mayRedo) void edit((at) => client.draft.redo(at));
  }, [edit, mayRedo]);
  const editWithUndo = useCallback(
    async (said: string, made: Edit) => {
      const result = await edit(made);
      if (!result.ok) return false;
      const { version } = result.draft;
      showUndo(said, () => {
        void reload().then((now) => {
          if (now.version === version) void edit((at) => client.draft.undo(at));
          else showNotice(strings.undo.editedSince);
        });
      });
      return true;
    },
    [edit, reload],
  );
  return useMemo(
    () => ({ undoes: draft.undo, redoes: draft.redo, undo, redo, editWithUndo }),
    [draft.undo, draft.redo, undo, redo, editWithUndo],
  );
}
