import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDeviceFloppy } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { paths } from '../../../routes/paths.ts';
import { problemOf } from '../../../rpc.ts';
import { useShortcuts } from '../../../stores/shortcuts.ts';
import { changeStrings } from '../../../strings/checkoutChanges.ts';
import { fileStrings as strings } from '../../../strings/checkoutTabs.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { dataSize } from '../../../ui/dataSize.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import { languageOf } from '../../../ui/monaco/language.ts';
import { type EditorRemark, MonacoEditor } from '../../../ui/monaco/MonacoEditor.tsx';
import { installSchemas } from '../../../ui/monaco/schemas.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { stateSchemas } from '../../draft/schemas/index.ts';
import changeClasses from '../changes/changes.module.css';
import { whyNoWrite } from '../reasons.ts';
import { ConflictBar } from './ConflictBar.tsx';
import type { CheckoutFile } from './fileRows.ts';
import classes from './files.module.css';
import { lineOfProblem } from './lineOfProblem.ts';
import { useFileBytes } from './useFileBytes.ts';
import { type FileTyping, useFileTyping } from './useFileTyping.ts';

interface FileEditorProps {
  readonly view: CheckoutView;
  readonly path: string;
  /** What the list knows of it; undefined for a file that is not there any more. */
  readonly file: CheckoutFile | undefined;
}

/** One file of the folder. A text can be edited, saved with Ctrl+S, and is never written over what somebody else wrote meanwhile. */
export function FileEditor({ view, path, file }: FileEditorProps) {
  const reading = useFileBytes(view.id, view.version, path);
  const typing = useFileTyping(view, path, reading);
  const { content, error } = reading;
  const problem = view.problems.find((one) => one.path === path)?.text;
  const isText = content?.text !== undefined && !content.truncated;
  const isOpen = isText || typing.state.kind !== 'clean';
  return (
    <section className={changeClasses.right} aria-label={path}>
      <header className={changeClasses.fileHead}>
        <h2>
          <code>{path}</code>
          <CopyButton text={path} label={strings.copyPath} />
        </h2>
        {file !== undefined && (
          <span className={changeClasses.small}>{file.kind === 'json' ? strings.inline : strings.object}</span>
        )}
        {content !== undefined && <span className={changeClasses.small}>{dataSize(content.size)}</span>}
        <span className={changeClasses.spring} />
        {file?.letter !== undefined && (
          <Button size="compact-xs" component={Link} href={`${paths.checkout(view.id)}?${new URLSearchParams({ file: path })}`}>
            {strings.showChange}
          </Button>
        )}
      </header>
      {problem !== undefined && (
        <p className={changeClasses.fileProblem} role="alert">
          <IconAlertTriangle size={16} aria-label={changeStrings.fileProblem} /> {problem}
        </p>
      )}
      {isOpen ? (
        <Editing view={view} path={path} problem={problem} typing={typing} />
      ) : (
        <div className={changeClasses.note}>
          {error !== null && problemOf(error).code !== 'NOT_FOUND' && <ProblemPanel problem={problemOf(error)} />}
          {error !== null && problemOf(error).code === 'NOT_FOUND' && <p>{strings.missing}</p>}
          {error === null && content === undefined && <p>{strings.reading}</p>}
          {content !== undefined && (
            <p>
              {content.text === undefined
                ? `${strings.binary} ${content.type ?? ''}`
                : strings.tooLarge(dataSize(content.text.length), dataSize(content.size))}
            </p>
          )}
        </div>
      )}
    </section>
  );
}

interface EditingProps {
  readonly view: CheckoutView;
  readonly path: string;
  readonly problem: string | undefined;
  readonly typing: FileTyping;
}

function Editing({ view, path, problem, typing }: EditingProps) {
  const { state, text, save } = typing;
  const [comparing, setComparing] = useState(false);
  const latest = useRef(save);
  latest.current = save;
  useShortcuts(
    strings.screen,
    useMemo(() => [{ keys: 'mod+s', label: strings.keySave, inInputs: true, run: () => latest.current() }], []),
  );
  const notes = useMemo((): readonly EditorRemark[] => {
    const line = problem === undefined ? undefined : lineOfProblem(problem);
    return problem === undefined || line === undefined ? [] : [{ severity: 'error', line, text: problem }];
  }, [problem]);
  useEffect(() => {
    void installSchemas(stateSchemas).catch(() => undefined);
  }, []);
  const busy = whyNoWrite(view);
  const conflict = state.kind === 'conflict' ? state : undefined;
  return (
    <>
      {conflict !== undefined && (
        <ConflictBar
          path={path}
          theirs={conflict.theirs}
          mine={text}
          comparing={comparing}
          onCompare={setComparing}
          onKeep={() => {
            setComparing(false);
            save();
          }}
          onTake={() => {
            setComparing(false);
            typing.discard();
          }}
        />
      )}
      {!(comparing && conflict !== undefined) && (
        <div className={changeClasses.fill}>
          <MonacoEditor
            path={editorPath(view.id, path)}
            text={text}
            language={languageOf(path, text)}
            label={strings.editor(path)}
            notes={notes}
            onChange={typing.type}
          />
        </div>
      )}
      {typing.problem !== undefined && (
        <div className={changeClasses.note}>
          <ProblemPanel problem={typing.problem} />
        </div>
      )}
      <div className={classes.foot}>
        <span role="status" className={changeClasses.spring}>
          {typing.saved && state.kind === 'clean' && (
            <>
              <IconCheck size={14} aria-hidden /> {strings.saved}
            </>
          )}
          {state.kind === 'dirty' && strings.dirty}
        </span>
        {state.kind === 'dirty' && <Button onClick={typing.discard}>{strings.discard}</Button>}
        {state.kind === 'dirty' && (
          <GatedButton
            variant="filled"
            reason={busy}
            title={strings.saveTitle}
            loading={typing.saving}
            leftSection={<IconDeviceFloppy size={14} aria-hidden />}
            onClick={save}
          >
            {strings.save}
          </GatedButton>
        )}
      </div>
    </>
  );
}

/** The name under which the editor knows a file: its schema follows from it as it does for an entry of a draft. */
function editorPath(id: string, path: string): string {
  return `trailboss://draft/${encodeURIComponent(`checkout ${id}`)}/${path.split('/').map(encodeURIComponent).join('/')}`;
}
