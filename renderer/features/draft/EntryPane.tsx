import { useMemo } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import type { EditorRemark } from '../../ui/monaco/MonacoEditor.tsx';
import { changesByKey } from '../compare/entries.ts';
import { KindMark } from '../compare/KindMark.tsx';
import type { OpenDialog } from './DraftDialogs.tsx';
import classes from './draft.module.css';
import { EntryActions } from './EntryActions.tsx';
import { JsonEntry, type Reveal } from './JsonEntry.tsx';
import { ObjectEntry } from './ObjectEntry.tsx';
import type { DraftProblem } from './problems/draftProblems.ts';
import { RemovedEntry } from './RemovedEntry.tsx';
import type { TreeEntry } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';

export interface EntryPaneProps {
  readonly entry: TreeEntry;
  readonly draft: Draft;
  readonly base: StateDocument;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly forecast: Forecast | undefined;
  readonly problems: readonly DraftProblem[];
  readonly reveal: Reveal | undefined;
  readonly onDialog: (dialog: OpenDialog) => void;
  readonly onRemove: (key: string) => void;
  readonly onRemarks: (remarks: readonly EditorRemark[]) => void;
}

/** The selected entry: what the draft did to it and what that does, its actions, and its contents. */
export function EntryPane(props: EntryPaneProps) {
  const { entry, draft, base, next, editing, forecast, problems, onDialog, onRemove, onRemarks } = props;
  const reveal = props.reveal?.key === entry.key ? props.reveal : undefined;
  const own = useMemo(
    () => problems.filter(({ key, pointer }) => key === entry.key && pointer !== undefined),
    [problems, entry.key],
  );
  const told = useMemo(() => changesByKey(forecast).get(entry.key), [forecast, entry.key]);
  const value = next.byKey.get(entry.key);
  return (
    <section className={classes.pane} aria-label={entry.key}>
      <header className={classes.paneHead}>
        <h2 className={classes.paneTitle}>
          <code>{entry.key}</code>
          <CopyButton text={entry.key} label={strings.copyKey} />
        </h2>
        {entry.change !== 'same' && <KindMark kind={entry.change} word />}
        {told !== undefined && <EffectBadge effect={told.effect} title={told.rule.text} />}
        <span className={classes.spring} />
        <EntryActions entry={entry} editing={editing} onDialog={onDialog} onRemove={onRemove} />
        {told !== undefined && <p className={classes.rule}>{told.rule.text}</p>}
      </header>
      <div className={classes.paneBody}>
        {entry.change === 'removed' && !entry.unfinished ? (
          <RemovedEntry entry={base.byKey.get(entry.key)} />
        ) : value?.kind === 'object' && !entry.unfinished ? (
          <ObjectEntry draft={draft} base={base} value={value} editing={editing} reveal={reveal} />
        ) : (
          <JsonEntry
            draft={draft}
            next={next}
            entryKey={entry.key}
            editing={editing}
            onRemarks={onRemarks}
            problems={own}
            reveal={reveal}
          />
        )}
      </div>
    </section>
  );
}
