import type { Draft } from '../../../shared/contract/draft.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { AddFilesDialog } from './adding/AddFilesDialog.tsx';
import { AddJsonDialog } from './adding/AddJsonDialog.tsx';
import type { ChosenFile } from './adding/addFiles.ts';
import { NewContainerDialog } from './adding/NewContainerDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { RebaseDialog } from './rebase/RebaseDialog.tsx';
import { TitleDialog } from './TitleDialog.tsx';
import type { DraftEditing } from './useDraft.ts';

/** The one dialog of the draft that is open. */
export type OpenDialog =
  | { readonly kind: 'title' }
  | { readonly kind: 'container' }
  | { readonly kind: 'json'; readonly folder: string }
  | { readonly kind: 'files'; readonly files: readonly ChosenFile[]; readonly folder: string }
  | { readonly kind: 'replace'; readonly file: File; readonly key: string }
  | { readonly kind: 'rename'; readonly key: string }
  | { readonly kind: 'rebase'; readonly onto: string };

interface DraftDialogsProps {
  readonly dialog: OpenDialog | undefined;
  readonly draft: Draft;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  /** Shows the entry that came of it. */
  readonly onShow: (key: string) => void;
}

export function DraftDialogs({ dialog, draft, next, editing, onClose, onShow }: DraftDialogsProps) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'title':
      return <TitleDialog draft={draft} editing={editing} onClose={onClose} />;
    case 'container':
      return <NewContainerDialog next={next} editing={editing} onClose={onClose} onAdded={onShow} />;
    case 'json':
      return <AddJsonDialog next={next} folder={dialog.folder} editing={editing} onClose={onClose} onAdded={onShow} />;
    case 'files':
      return (
        <AddFilesDialog
          files={dialog.files}
          folder={dialog.folder}
          next={next}
          editing={editing}
          onClose={onClose}
          onAdded={onShow}
        />
      );
    case 'replace': {
      const name = dialog.key.slice(dialog.key.lastIndexOf('/') + 1);
      return (
        <AddFilesDialog
          files={[{ file: dialog.file, path: name }]}
          folder={dialog.key.slice(0, -name.length)}
          replaces={dialog.key}
          next={next}
          editing={editing}
          onClose={onClose}
          onAdded={onShow}
        />
      );
    }
    case 'rename':
      return <RenameDialog entryKey={dialog.key} next={next} editing={editing} onClose={onClose} onRenamed={onShow} />;
    case 'rebase':
      return <RebaseDialog draft={draft} onto={dialog.onto} onClose={onClose} onRebased={onClose} />;
  }
}
