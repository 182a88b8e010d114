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
import classes from './draft.module.css';
import { EntryActions } from './EntryActions.tsx';
import { JsonEntry } from './JsonEntry.tsx';
import { ObjectEntry } from './ObjectEntry.tsx';
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
  readonly onSelect: (key: string | undefined) => void;
  readonly onRemarks: (remarks: readonly EditorRemark[]) => void;
}

/** The selected entry: what the draft did to it and what that does, its actions, and its contents. */
export function EntryPane(props: EntryPaneProps) {
  const { entry, draft, base, next, editing, forecast, onSelect, onRemarks } = props;
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
        <EntryActions entry={entry} next={next} editing={editing} onSelect={onSelect} />
        {told !== undefined && <p className={classes.rule}>{told.rule.text}</p>}
      </header>
      <div className={classes.paneBody}>
        {entry.change === 'removed' && !entry.unfinished ? (
          <RemovedEntry entry={base.byKey.get(entry.key)} />
        ) : value?.kind === 'object' && !entry.unfinished ? (
          <ObjectEntry draft={draft} base={base} value={value} editing={editing} />
        ) : (
          <JsonEntry draft={draft} next={next} entryKey={entry.key} editing={editing} onRemarks={onRemarks} />
        )}
      </div>
    </section>
  );
}
