import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { ProblemFix } from '../../../shared/forecast/preflight-types.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { resolved } from '../compare/entries.ts';
import { ForecastBar } from '../compare/forecast/ForecastBar.tsx';
import { useAddressPart } from '../compare/useAddressPart.ts';
import { DraftEffects } from '../signatures/DraftEffects.tsx';
import { DraftSignatures } from '../signatures/DraftSignatures.tsx';
import { AddMenu } from './adding/AddMenu.tsx';
import { folderNear } from './adding/addFiles.ts';
import { chooseFiles } from './adding/chooseFiles.ts';
import { dropTarget } from './adding/dropTarget.ts';
import { FileDrop } from './adding/FileDrop.tsx';
import { ChangesPanel } from './ChangesPanel.tsx';
import { DraftDialogs, type OpenDialog } from './DraftDialogs.tsx';
import { DraftHeader, postBlocker } from './DraftHeader.tsx';
import { DraftTree } from './DraftTree.tsx';
import classes from './draft.module.css';
import { EntryPane } from './EntryPane.tsx';
import { FindPanel } from './find/FindPanel.tsx';
import type { FindQuery } from './find/search.ts';
import type { Reveal } from './JsonEntry.tsx';
import { PartPane } from './PartPane.tsx';
import { PoliciesPanel } from './PoliciesPanel.tsx';
import type { DraftProblem } from './problems/draftProblems.ts';
import { ProblemsPanel } from './problems/ProblemsPanel.tsx';
import { useDraftFacts } from './problems/useDraftFacts.ts';
import { type OpenRemarks, sameRemarks, useProblems } from './problems/useProblems.ts';
import { MovedOn } from './rebase/MovedOn.tsx';
import { draftTree, neighbourOf, rowIdOfPart, type TreeRow } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';
import { useDraftCommands } from './useDraftCommands.ts';
import { useDraftForecast } from './useDraftForecast.ts';
import { useDraftMoves } from './useDraftMoves.ts';
import { useHistory } from './useHistory.ts';

/** Below this the list of changes has no column of its own. */
const roomForThree = '(min-width: 900px)';
const wideTabs = ['entries', 'policies', 'signatures'] as const;
const narrowTabs = ['entries', 'changes', 'policies', 'signatures'] as const;
const nothingSought: FindQuery = { text: '', matchCase: false, wholeWord: false, regex: false };

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
  const [remarks, setRemarks] = useState<OpenRemarks>();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [reveal, setReveal] = useState<Reveal>();
  const [query, setQuery] = useState(nothingSought);
  /** How often somebody asked to search; 0 while the tree is shown. */
  const [finding, setFinding] = useState(0);
  const [over, setOver] = useState<string>();
  const { view, device, fallback, note, running, movedTo } = useDraftForecast(draft);
  const parts = useMemo(() => draftTree(base, next, new Set(Object.keys(draft.unfinished))), [base, next, draft.unfinished]);
  const entries = useMemo(() => new Map(parts.flatMap((part) => part.entries.map((entry) => [entry.key, entry]))), [parts]);
  const open = selected === undefined ? undefined : entries.get(selected);
  const part = parts.find((one) => rowIdOfPart(one.part) === selected);
  const wide = useMediaQuery(roomForThree, true, { getInitialValueInEffect: false });
  const shown = tab === 'policies' || tab === 'signatures' || (tab === 'changes' && !wide) ? tab : 'entries';
  const onHub = device?.summary.hub !== undefined;
  const openRemarks = remarks?.key === selected ? remarks : undefined;
  const facts = useDraftFacts(draft, next, onHub);
  const problems = useProblems(draft, next, view.forecast, openRemarks, facts);
  const steps = useHistory(draft, editing);
  const moves = useDraftMoves(draft);

  const show = useCallback(
    (key: string) => {
      setTab(undefined);
      setSelected(key);
    },
    [setTab, setSelected],
  );
  const goTo = useCallback(
    (place: Reveal) => {
      show(place.key);
      setReveal(place);
    },
    [show],
  );
  const find = useCallback(() => {
    setTab(undefined);
    setFinding((count) => count + 1);
  }, [setTab]);
  const showSignatures = useCallback(() => setTab('signatures'), [setTab]);
  const addFiles = useCallback(
    (folder: boolean) =>
      void chooseFiles({ folder }).then(
        (files) => files.length > 0 && setDialog({ kind: 'files', files, folder: folderNear(selected) }),
      ),
    [selected],
  );
  const removeEntry = useCallback(
    (key: string) => {
      // What the base has stays in the tree, struck out.
      const after = base.byKey.has(key) ? undefined : neighbourOf(parts, key);
      void steps
        .editWithUndo(strings.removedOne(key), (at) => client.draft.remove({ ...at, keys: [key] }))
        .then((done) => done && after !== undefined && setSelected(after));
    },
    [steps, base, parts, setSelected],
  );
  const openKey = open === undefined || open.change === 'removed' ? undefined : open.key;
  const adding = useMemo(
    () => ({
      addJson: () => setDialog({ kind: 'json', folder: folderNear(selected) }),
      addFiles: () => addFiles(false),
      addFolder: () => addFiles(true),
      addContainer: () => setDialog({ kind: 'container' }),
    }),
    [selected, addFiles],
  );
  useDraftCommands({
    steps,
    moves,
    find,
    ...adding,
    setTitle: useCallback(() => setDialog({ kind: 'title' }), []),
    renameEntry: useMemo(
      () => (openKey === undefined ? undefined : () => setDialog({ kind: 'rename', key: openKey })),
      [openKey],
    ),
    removeEntry: useMemo(() => (openKey === undefined ? undefined : () => removeEntry(openKey)), [openKey, removeEntry]),
    canPost: postBlocker(draft) === undefined,
    policies: useCallback(() => setTab('policies'), [setTab]),
  });
  const fix = (one: ProblemFix) =>
    void editing.edit((at) =>
      one.kind === 'json'
        ? client.draft.setJson({ ...at, key: one.key, text: one.text })
        : client.draft.setGroup({ ...at, container: one.container, group: null }),
    );
  const goToProblem = ({ key, pointer, line }: DraftProblem) => {
    if (key === undefined) return;
    goTo({ key, ...(pointer !== undefined && { pointer }), ...(line !== undefined && { line }) });
  };
  const rowAt = (element: Element): TreeRow | undefined => {
    const id = element.closest('[data-draft-tree] [data-row]')?.getAttribute('data-row');
    if (id === undefined || id === null) return undefined;
    const entry = entries.get(id);
    const owner = parts.find((one) => rowIdOfPart(one.part) === id || one.entries.some(({ key }) => key === id));
    if (owner === undefined) return undefined;
    return entry === undefined
      ? { kind: 'part', id, part: owner.part, changes: 0, count: 0, open: true }
      : { kind: 'entry', id, part: owner.part, entry, name: id };
  };

  const changes = (
    <ChangesPanel
      from={running ?? base}
      next={next}
      forecast={view.forecast}
      problems={
        <>
          <DraftEffects draft={draft} base={base} next={next} editing={editing} onShow={showSignatures} />
          <ProblemsPanel problems={problems} onGo={goToProblem} onFix={fix} />
        </>
      }
      selected={selected}
      onSelect={show}
    />
  );

  return (
    <FileDrop
      targetAt={(element) => {
        const row = rowAt(element);
        return { id: row?.id, target: dropTarget(row, selected) };
      }}
      onOver={setOver}
      onDropped={(files, target) => {
        const [only] = files;
        const replaces = target.kind === 'entry' && files.length === 1 && only !== undefined && !only.path.includes('/');
        setDialog(
          replaces ? { kind: 'replace', file: only.file, key: target.key } : { kind: 'files', files, folder: target.folder },
        );
      }}
    >
      <div className={classes.screen}>
        <DraftHeader
          tabs={wide ? wideTabs : narrowTabs}
          draft={draft}
          pending={editing.pending}
          tab={shown}
          onTab={setTab}
          steps={steps}
          moves={moves}
          finding={finding > 0}
          onFind={() => (finding > 0 ? setFinding(0) : find())}
          onRename={() => setDialog({ kind: 'title' })}
        />
        <ForecastBar
          view={view}
          fallback={draft.text === draft.base.text ? undefined : fallback}
          notes={note === undefined ? [] : [note]}
          onEntry={(key) => show(resolved(key))}
        />
        {movedTo !== undefined && (
          <MovedOn
            onto={movedTo}
            from={draft.base.revision}
            base={base}
            next={next}
            theirs={movedTo === device?.summary.running?.revision ? running : undefined}
            onRebase={() => setDialog({ kind: 'rebase', onto: movedTo })}
          />
        )}
        <DraftDialogs
          dialog={dialog}
          draft={draft}
          next={next}
          editing={editing}
          onClose={() => setDialog(undefined)}
          onShow={show}
        />
        {editing.problem !== undefined && dialog === undefined && (
          <div className={classes.problem}>
            <ProblemPanel problem={editing.problem} />
          </div>
        )}
        <div className={classes.body}>
          {shown === 'policies' ? (
            <PoliciesPanel base={base} next={next} running={running ?? base} editing={editing} />
          ) : shown === 'signatures' ? (
            <DraftSignatures draft={draft} base={base} next={next} editing={editing} onEntry={show} />
          ) : shown === 'changes' ? (
            changes
          ) : (
            <SplitPane
              name="draft-tree"
              label={strings.treeWidth}
              fixed="first"
              defaultWidth={280}
              first={
                finding > 0 ? (
                  <FindPanel
                    draft={draft}
                    next={next}
                    editing={editing}
                    query={query}
                    onQuery={setQuery}
                    asked={finding}
                    onGo={(key, line) => goTo({ key, ...(line !== undefined && { line }) })}
                    onClose={() => setFinding(0)}
                  />
                ) : (
                  <DraftTree
                    parts={parts}
                    selected={selected}
                    onSelect={setSelected}
                    marked={over}
                    forecast={view.forecast}
                    add={
                      <AddMenu
                        onJson={adding.addJson}
                        onFiles={adding.addFiles}
                        onFolder={adding.addFolder}
                        onContainer={adding.addContainer}
                      />
                    }
                  />
                )
              }
              second={
                <SplitPane
                  name="draft-changes"
                  label={strings.changesWidth}
                  fixed="second"
                  defaultWidth={300}
                  first={
                    part !== undefined ? (
                      <PartPane key={selected} part={part} next={next} editing={editing} steps={steps} />
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
                        problems={problems}
                        reveal={reveal}
                        onDialog={setDialog}
                        onRemove={removeEntry}
                        onRemarks={(list) => setRemarks((before) => sameRemarks(before, { key: open.key, list }))}
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
