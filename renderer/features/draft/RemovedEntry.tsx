import { useMemo } from 'react';
import { prettyJson } from '../../../shared/compare/pretty.ts';
import type { StateEntry } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import { MonacoEditor } from '../../ui/monaco/MonacoEditor.tsx';
import { ShortSha } from '../../ui/ShortSha.tsx';
import classes from './draft.module.css';

/** What the base had under a key that the draft removes. */
export function RemovedEntry({ entry }: { entry: StateEntry | undefined }) {
  const text = useMemo(() => (entry?.kind === 'json' ? prettyJson(entry.raw).text : undefined), [entry]);
  if (entry === undefined) return null;
  return (
    <div className={classes.editor}>
      <p className={classes.editorNote}>
        {strings.removedEntry} {entry.kind === 'object' && <ShortSha sha={entry.sha} />}
      </p>
      {text !== undefined && (
        <div className={classes.grow}>
          <MonacoEditor
            path={`trailboss://removed/${encodeURIComponent(entry.key)}`}
            text={text}
            language="json"
            label={strings.removedLabel(entry.key)}
            readOnly
          />
        </div>
      )}
    </div>
  );
}
