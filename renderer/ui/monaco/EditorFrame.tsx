import type { ReactNode } from 'react';
import { strings } from '../../strings/ui.ts';
import type { Monaco, MonacoLoad } from './load.ts';
import styles from './monaco.module.css';

export interface EditorFrameProps {
  readonly load: MonacoLoad;
  readonly children: (monaco: Monaco) => ReactNode;
}

/** The editor's place, with a word in it until the editor is loaded. */
export function EditorFrame({ load, children }: EditorFrameProps) {
  switch (load.kind) {
    case 'loading':
      return <p className={styles.wait}>{strings.editorLoading}</p>;
    case 'failed':
      return (
        <p className={styles.wait} role="alert">
          {strings.editorMissing(load.reason)}
        </p>
      );
    case 'ready':
      return <div className={styles.frame}>{children(load.monaco)}</div>;
  }
}
