import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { problemOf } from '../../../rpc.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import { strings as compareStrings } from '../../../strings/compare.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { dataSize } from '../../../ui/dataSize.ts';
import { languageOf } from '../../../ui/monaco/language.ts';
import { type EditorRemark, MonacoEditor } from '../../../ui/monaco/MonacoEditor.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { fileHref } from '../files/fileHref.ts';
import { lineOfProblem } from '../files/lineOfProblem.ts';
import { useFileBytes } from '../files/useFileBytes.ts';
import { type ChangedFile, isNeverAdded } from './changeRows.ts';
import classes from './changes.module.css';

/** A file as it is in the folder, where there is nothing to compare it with: it is not tracked, or can't be read as JSON. */
export function FilePreview({ view, file }: { view: CheckoutView; file: ChangedFile }) {
  const { path, problem } = file;
  const { content, error } = useFileBytes(view.id, view.version, path);
  const notes = useMemo((): readonly EditorRemark[] => {
    const line = problem === undefined ? undefined : lineOfProblem(problem);
    return problem === undefined || line === undefined ? [] : [{ severity: 'error', line, text: problem }];
  }, [problem]);
  return (
    <section className={classes.right} aria-label={path}>
      <header className={classes.fileHead}>
        <h2>
          <code>{path}</code>
          <CopyButton text={path} label={compareStrings.copyKey} />
        </h2>
        <span className={classes.spring} />
        <Button size="compact-xs" component={Link} href={fileHref(view.id, path)}>
          {strings.open}
        </Button>
      </header>
      {problem === undefined ? (
        <p className={classes.losses}>{noteOf(file, view.workingSha !== undefined)}</p>
      ) : (
        <p className={classes.fileProblem} role="alert">
          <IconAlertTriangle size={16} aria-label={strings.fileProblem} /> {problem}
        </p>
      )}
      {error !== null && (
        <div className={classes.note}>
          <ProblemPanel problem={problemOf(error)} />
        </div>
      )}
      {error === null && content === undefined && <p className={classes.note}>{strings.reading}</p>}
      {content !== undefined && content.text === undefined && (
        <p className={classes.note}>
          {strings.binary} {content.type ?? ''} {dataSize(content.size)}
        </p>
      )}
      {content?.text !== undefined && (
        <div className={classes.fill}>
          {content.truncated && (
            <p className={classes.note}>{strings.truncated(dataSize(content.text.length), dataSize(content.size))}</p>
          )}
          <MonacoEditor
            path={`trailboss://preview/${encodeURIComponent(path)}`}
            text={content.text}
            language={languageOf(path, content.text)}
            label={path}
            readOnly
            notes={notes}
          />
        </div>
      )}
    </section>
  );
}

function noteOf({ path, group }: ChangedFile, isState: boolean): string {
  if (group !== '?') return isState ? strings.sameEntry : strings.noComparison;
  return isNeverAdded(path) ? strings.hiddenByPvr : strings.untracked;
}
