import { useEffect, useMemo } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import { groupsOf } from '../../../shared/state/groups.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type EditorRemark, MonacoEditor } from '../../ui/monaco/MonacoEditor.tsx';
import { installSchemas } from '../../ui/monaco/schemas.ts';
import classes from './draft.module.css';
import { type DraftProblem, unfinishedReason } from './problems/draftProblems.ts';
import { lineIn } from './problems/entryChecks.ts';
import { documentPath, schemasWith } from './schemas/index.ts';
import type { DraftEditing } from './useDraft.ts';
import { useJsonText } from './useJsonText.ts';

interface JsonEntryProps {
  readonly draft: Draft;
  readonly next: StateDocument;
  readonly entryKey: string;
  readonly editing: DraftEditing;
  readonly onRemarks: (remarks: readonly EditorRemark[]) => void;
  /** What is wrong with this entry beyond what the editor finds itself. */
  readonly problems: readonly DraftProblem[];
  readonly reveal: Reveal | undefined;
}

/** A place of the entry to show: a line, or what an RFC 6901 pointer names. */
export interface Reveal {
  readonly key: string;
  readonly line?: number;
  readonly pointer?: string;
}

/** Edits inline JSON, with its schema where the document is known. What is typed is stored by itself. */
export function JsonEntry({ draft, next, entryKey, editing, onRemarks, problems, reveal }: JsonEntryProps) {
  const json = useJsonText(draft, next, entryKey, editing);
  const unfinished = draft.unfinished[entryKey];
  const { text } = json;
  const notes = useMemo(
    () =>
      problems.flatMap(({ severity, pointer, text: said }): EditorRemark[] => {
        const line = pointer === undefined ? undefined : lineIn(text, pointer);
        return line === undefined ? [] : [{ severity: severity === 'notice' ? 'warning' : 'error', line, text: said }];
      }),
    [problems, text],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a place is shown once, and not again with every key
  const shown = useMemo(() => {
    if (reveal === undefined) return undefined;
    const line = reveal.pointer === undefined ? reveal.line : (lineIn(text, reveal.pointer) ?? reveal.line);
    return line === undefined ? undefined : { line };
  }, [reveal]);
  const groups = groupsOf(next)
    .groups.map(({ name }) => name)
    .join('\n');
  useEffect(() => {
    void installSchemas(schemasWith(groups.split('\n'))).catch(() => undefined);
  }, [groups]);
  return (
    <div className={classes.editor}>
      <div className={classes.grow}>
        <MonacoEditor
          path={documentPath(draft.id, entryKey)}
          text={text}
          language="json"
          label={strings.editor(entryKey)}
          onChange={json.type}
          onBlur={json.flush}
          onRemarks={onRemarks}
          notes={notes}
          reveal={shown}
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
