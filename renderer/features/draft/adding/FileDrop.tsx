import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { strings } from '../../../strings/draft.ts';
import { showNotice } from '../../../ui/showNotice.ts';
import classes from '../draft.module.css';
import type { ChosenFile } from './addFiles.ts';
import { entriesOf, filesIn, mostFiles, TooManyFiles } from './dropped.ts';
import type { DropTarget } from './dropTarget.ts';

interface FileDropProps {
  /** Where files go that are dropped at this place of the screen. */
  readonly targetAt: (element: Element) => { readonly id: string | undefined; readonly target: DropTarget };
  /** The row under the pointer while files are dragged; its id is that of the tree. */
  readonly onOver: (id: string | undefined) => void;
  readonly onDropped: (files: readonly ChosenFile[], target: DropTarget) => void;
  readonly children: ReactNode;
}

/** Takes files and folders that are dropped anywhere on the screen, and says where they would go. */
export function FileDrop({ targetAt, onOver, onDropped, children }: FileDropProps) {
  const [hint, setHint] = useState<string>();
  const depth = useRef(0);
  const isFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const leave = () => {
    depth.current = 0;
    setHint(undefined);
    onOver(undefined);
  };
  const over = (event: DragEvent) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const { id, target } = targetAt(elementOf(event));
    onOver(id);
    setHint(target.kind === 'entry' ? strings.drop.onEntry(target.key) : strings.drop.into(target.folder));
  };
  const drop = (event: DragEvent) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    const { target } = targetAt(elementOf(event));
    leave();
    filesIn(entriesOf(event.dataTransfer)).then(
      (files) => files.length > 0 && onDropped(files, target),
      (error: unknown) =>
        showNotice(error instanceof TooManyFiles ? strings.drop.tooMany(mostFiles) : strings.drop.unreadable(String(error))),
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut of the button that adds files
    <div
      className={classes.drop}
      onDragEnter={(event) => {
        if (isFiles(event)) depth.current += 1;
      }}
      onDragLeave={(event) => {
        if (!isFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDragOver={over}
      onDrop={drop}
    >
      {children}
      {hint !== undefined && <div className={classes.dropHint}>{hint}</div>}
    </div>
  );
}

function elementOf(event: DragEvent): Element {
  return event.target instanceof Element ? event.target : event.currentTarget;
}
