import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import type { StateDocument } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import { AddFilesDialog } from './AddFilesDialog.tsx';
import { type ChosenFile, folderNear } from './addFiles.ts';
import classes from './draft.module.css';
import type { DraftEditing } from './useDraft.ts';

interface FileDropProps {
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly near: string | undefined;
  readonly onAdded: (key: string) => void;
  readonly children: ReactNode;
}

/** Takes files that are dropped anywhere on the screen. */
export function FileDrop({ next, editing, near, onAdded, children }: FileDropProps) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const [files, setFiles] = useState<readonly ChosenFile[]>();
  const enter = (event: DragEvent, by: 1 | -1) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut of the button that adds files
    <div
      className={classes.drop}
      onDragEnter={(event) => enter(event, 1)}
      onDragLeave={(event) => enter(event, -1)}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={(event) => {
        depth.current = 0;
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        setFiles([...event.dataTransfer.files].map((file) => ({ file, path: file.name })));
      }}
    >
      {children}
      {over && <div className={classes.dropHint}>{strings.dropHere}</div>}
      {files !== undefined && (
        <AddFilesDialog
          files={files}
          folder={folderNear(near)}
          next={next}
          editing={editing}
          onClose={() => setFiles(undefined)}
          onAdded={onAdded}
        />
      )}
    </div>
  );
}
