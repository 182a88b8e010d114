import { useEffect } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type EditorRemark, MonacoEditor } from '../../ui/monaco/MonacoEditor.tsx';
import { installSchemas } from '../../ui/monaco/schemas.ts';
import classes from './draft.module.css';
import { unfinishedReason } from './problems.ts';
import { documentPath, stateSchemas } from './schemas/index.ts';
import type { DraftEditing } from './useDraft.ts';
import { useJsonText } from './useJsonText.ts';

interface JsonEntryProps {
  readonly draft: Draft;
  readonly next: StateDocument;
  readonly entryKey: string;
  readonly editing: DraftEditing;
  readonly onRemarks: (remarks: readonly EditorRemark[]) => void;
}

/** Edits inline JSON, with its schema where the document is known. What is typed is stored by itself. */
export function JsonEntry({ draft, next, entryKey, editing, onRemarks }: JsonEntryProps) {
  const json = useJsonText(draft, next, entryKey, editing);
  const unfinished = draft.unfinished[entryKey];
  useEffect(() => {
    void installSchemas(stateSchemas).catch(() => undefined);
  }, []);
  return (
    <div className={classes.editor}>
      <div className={classes.grow}>
        <MonacoEditor
          path={documentPath(draft.id, entryKey)}
          text={json.text}
          language="json"
          label={strings.editor(entryKey)}
          onChange={json.type}
          onBlur={json.flush}
          onRemarks={onRemarks}
        />
      </div>
      {json.overtaken !== undefined && (
        <p className={classes.editorNote} role="alert">
          {strings.conflict} <CopyButton text={json.overtaken} label={strings.copyTyped} />
        </p>
      )}
      <p className={classes.editorNote} role="status">
        {json.state === 'saving'
          ? strings.saving
          : json.state === 'failed'
            ? strings.notSaved
            : unfinished === undefined
              ? strings.saved
              : strings.unfinished(unfinishedReason(next, entryKey, unfinished))}
      </p>
    </div>
  );
}
