import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import type { EditorRemark } from '../../ui/monaco/MonacoEditor.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { resolved } from '../compare/entries.ts';
import { ForecastBar } from '../compare/forecast/ForecastBar.tsx';
import { useAddressPart } from '../compare/useAddressPart.ts';
import { ChangesPanel } from './ChangesPanel.tsx';
import { DraftHeader } from './DraftHeader.tsx';
import { DraftTree } from './DraftTree.tsx';
import classes from './draft.module.css';
import { EntryPane } from './EntryPane.tsx';
import { FileDrop } from './FileDrop.tsx';
import { PartPane } from './PartPane.tsx';
import { PoliciesPanel } from './PoliciesPanel.tsx';
import { draftProblems } from './problems.ts';
import { RebaseDialog } from './rebase/RebaseDialog.tsx';
import { draftTree, rowIdOfPart } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';
import { useDraftForecast } from './useDraftForecast.ts';

/** Below this the list of changes has no column of its own. */
const roomForThree = '(min-width: 900px)';
const wideTabs = ['entries', 'policies'] as const;
const narrowTabs = ['entries', 'changes', 'policies'] as const;

export interface DraftWorkspaceProps {
  readonly draft: Draft;
  readonly base: StateDocument;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
}

/** The draft with everything beside it: tree, editor, forecast, changes, problems. */
export function DraftWorkspace({ draft, base, next, editing }: DraftWorkspaceProps) {
  const [tab, setTab] = useAddressPart('tab');
  const [selected, setSelected] = useAddressPart('entry');
  const [remarks, setRemarks] = useState<{ readonly key: string; readonly list: readonly EditorRemark[] }>();
  const { view, fallback, note, running, movedTo } = useDraftForecast(draft);
  const [rebasing, setRebasing] = useState<string>();
  const parts = useMemo(() => draftTree(base, next, new Set(Object.keys(draft.unfinished))), [base, next, draft.unfinished]);
  const entries = useMemo(() => new Map(parts.flatMap((part) => part.entries.map((entry) => [entry.key, entry]))), [parts]);
  const problems = useMemo(
    () =>
      draftProblems({ draft, state: next, forecast: view.forecast, remarks: remarks?.key === selected ? remarks : undefined }),
    [draft, next, view.forecast, remarks, selected],
  );
  const open = selected === undefined ? undefined : entries.get(selected);
  const part = parts.find((one) => rowIdOfPart(one.part) === selected);
  const wide = useMediaQuery(roomForThree, true, { getInitialValueInEffect: false });
  const shown = tab === 'policies' || (tab === 'changes' && !wide) ? tab : 'entries';
  const show = (key: string) => {
    setTab(undefined);
    setSelected(key);
  };

  const changes = (
    <ChangesPanel
      from={running ?? base}
      next={next}
      forecast={view.forecast}
      problems={problems}
      selected={selected}
      onSelect={show}
    />
  );

  return (
    <FileDrop next={next} editing={editing} near={selected} onAdded={show}>
      <div className={classes.screen}>
        <DraftHeader
          tabs={wide ? wideTabs : narrowTabs}
          draft={draft}
          parts={parts}
          editing={editing}
          tab={shown}
          onTab={setTab}
        />
        <ForecastBar
          view={view}
          fallback={draft.text === draft.base.text ? undefined : fallback}
          notes={note === undefined ? [] : [note]}
          onEntry={(key) => show(resolved(key))}
        />
        {movedTo !== undefined && (
          <p className={classes.moved}>
            {strings.movedOn(movedTo, draft.base.revision)}{' '}
            <Button size="compact-xs" onClick={() => setRebasing(movedTo)}>
              {strings.rebase(movedTo)}
            </Button>
          </p>
        )}
        {rebasing !== undefined && (
          <RebaseDialog
            draft={draft}
            onto={rebasing}
            onClose={() => setRebasing(undefined)}
            onRebased={() => setRebasing(undefined)}
          />
        )}
        {editing.problem !== undefined && (
          <div className={classes.problem}>
            <ProblemPanel problem={editing.problem} />
          </div>
        )}
        <div className={classes.body}>
          {shown === 'policies' ? (
            <PoliciesPanel base={base} next={next} running={running ?? base} editing={editing} />
          ) : shown === 'changes' ? (
            changes
          ) : (
            <SplitPane
              name="draft-tree"
              label={strings.treeWidth}
              fixed="first"
              defaultWidth={280}
              first={
                <DraftTree
                  parts={parts}
                  next={next}
                  selected={selected}
                  onSelect={setSelected}
                  editing={editing}
                  forecast={view.forecast}
                />
              }
              second={
                <SplitPane
                  name="draft-changes"
                  label={strings.changesWidth}
                  fixed="second"
                  defaultWidth={300}
                  first={
                    part !== undefined ? (
                      <PartPane key={selected} part={part} next={next} editing={editing} />
                    ) : open === undefined ? (
                      <p className={classes.note}>{strings.nothingSelected}</p>
                    ) : (
                      <EntryPane
                        key={open.key}
                        entry={open}
                        draft={draft}
                        base={base}
                        next={next}
                        editing={editing}
                        forecast={view.forecast}
                        onSelect={setSelected}
                        onRemarks={(list) => setRemarks({ key: open.key, list })}
                      />
                    )
                  }
                  second={wide ? changes : undefined}
                />
              }
            />
          )}
        </div>
      </div>
    </FileDrop>
  );
}
