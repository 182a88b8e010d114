import { useMemo } from 'react';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { showNotice, showUndo } from '../../ui/showNotice.ts';
import type { DraftEditing } from '../draft/useDraft.ts';
import type { SignatureEdits } from './signatureEdits.ts';

/** Signing in a draft: one step of its history, against the version that is the newest when its turn comes. */
export function useDraftSigning({ edit, reload, dismiss }: Pick<DraftEditing, 'edit' | 'reload' | 'dismiss'>): SignatureEdits {
  return useMemo(
    () => ({
      run: async (said, change) => {
        const result = await edit(async ({ version }) => {
          await change(version);
          return reload();
        });
        if (!result.ok) {
          // The dialog says it.
          dismiss();
          return result.problem;
        }
        const { version } = result.draft;
        showUndo(said, () => {
          void reload().then((now) => {
            if (now.version === version) void edit((at) => client.draft.undo(at));
            else showNotice(strings.undo.editedSince);
          });
        });
        return undefined;
      },
    }),
    [edit, reload, dismiss],
  );
}
