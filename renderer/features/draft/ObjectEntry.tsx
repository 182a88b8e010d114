import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { StateDocument, StateEntry } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import { DataSize } from '../../ui/DataSize.tsx';
import { languageOf } from '../../ui/monaco/language.ts';
import { MonacoEditor } from '../../ui/monaco/MonacoEditor.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { ShortSha } from '../../ui/ShortSha.tsx';
import { type EntryText, useEntryText } from '../compare/useEntryText.ts';
import classes from './draft.module.css';
import type { Reveal } from './JsonEntry.tsx';
import type { DraftEditing } from './useDraft.ts';
import { type FileText, useFileText } from './useFileText.ts';

interface ObjectEntryProps {
  readonly draft: Draft;
  readonly base: StateDocument;
  readonly value: Extract<StateEntry, { kind: 'object' }>;
  readonly editing: DraftEditing;
  readonly reveal: Reveal | undefined;
}

/** A file: what it is called by, where it is, and its text where it has one. A text can be edited into a new object. */
export function ObjectEntry({ draft, base, value, editing, reveal }: ObjectEntryProps) {
  const shown = useEntryText({ kind: 'device', id: draft.deviceId }, value);
  const file = useFileText(value, editing);
  const local = draft.objects.find((object) => object.sha === value.sha);
  const before = base.byKey.get(value.key);
  const size = local?.size ?? ('size' in shown ? shown.size : undefined);
  return (
    <div className={classes.editor}>
      <dl className={classes.facts}>
        <dt>{strings.draft}</dt>
        <dd>
          <ShortSha sha={value.sha} /> {size !== undefined && <DataSize bytes={size} />}{' '}
          {local !== undefined && <span className={classes.dim}>{strings.onThisComputer}</span>}
        </dd>
        {before?.kind === 'object' && before.sha !== value.sha && (
          <>
            <dt>{strings.base}</dt>
            <dd>
              <ShortSha sha={before.sha} />
            </dd>
          </>
        )}
      </dl>
      <Contents draftId={draft.id} entryKey={value.key} shown={shown} file={file} reveal={reveal} />
    </div>
  );
}

interface ContentsProps {
  readonly draftId: string;
  readonly entryKey: string;
  readonly shown: EntryText;
  readonly file: FileText;
  readonly reveal: Reveal | undefined;
}

function Contents({ draftId, entryKey, shown, file, reveal }: ContentsProps) {
  const line = useMemo(() => (reveal?.line === undefined ? undefined : { line: reveal.line }), [reveal]);
  if (shown.kind === 'text' || file.typed !== undefined) {
    const truncated = shown.kind === 'text' && shown.truncated;
    const text = file.typed ?? (shown.kind === 'text' ? shown.text : '');
    return (
      <>
        <div className={classes.grow}>
          <MonacoEditor
            path={`trailboss://object/${encodeURIComponent(draftId)}/${encodeURIComponent(entryKey)}`}
            text={text}
            language={languageOf(entryKey, text)}
            label={strings.fileEditor(entryKey)}
            readOnly={truncated}
            onChange={file.type}
            onBlur={file.flush}
            reveal={line}
          />
        </div>
        <div className={classes.editorNote} role="status">
          {truncated && strings.truncated}
          {shown.kind === 'text' && shown.showMore !== undefined && <Button onClick={shown.showMore}>{strings.showMore}</Button>}
          {file.dirty ? <Button onClick={file.flush}>{strings.saveText}</Button> : !truncated && strings.fileHint}
        </div>
      </>
    );
  }
  switch (shown.kind) {
    case 'failed':
      return <ProblemPanel problem={shown.problem} />;
    case 'loading':
      return <p className={classes.editorNote}>{strings.reading}</p>;
    case 'binary':
      return <p className={classes.editorNote}>{strings.binary}</p>;
    case 'absent':
    case 'json':
    case 'unread':
      return null;
  }
}
