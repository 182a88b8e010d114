import { useState } from 'react';
import type { StateEntry } from '../../../shared/state/state.ts';
import { strings } from '../../strings/compare.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { dataSize } from '../../ui/dataSize.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import type { ChangeWalk } from '../../ui/monaco/changeWalk.ts';
import classes from './compare.module.css';
import { useCompareView } from './compareView.ts';
import { Difference } from './Difference.tsx';
import { EntryToolbar } from './EntryToolbar.tsx';
import type { ComparedEntry } from './entries.ts';
import { KindMark } from './KindMark.tsx';
import { largestPreviewBytes } from './objectText.ts';
import { type EntryText, isLargeUnread, type ObjectSource, textOf, useEntryText } from './useEntryText.ts';

/** A side that the entry is read from. */
export interface EntrySide {
  readonly objects: ObjectSource;
  readonly label: string;
}

interface EntryPaneProps {
  readonly entry: ComparedEntry;
  readonly left: EntrySide;
  readonly right: EntrySide;
  /** Which difference is shown first. */
  readonly startAt: 'first' | 'last';
  readonly onWalk: (walk: ChangeWalk | undefined) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** The selected entry on both sides: how it differs, what that does and by which rule, and the difference itself. */
export function EntryPane({ entry, left, right, startAt, onWalk, onStep }: EntryPaneProps) {
  const { before, after } = sidesOf(entry);
  const a = useEntryText(left.objects, before);
  const b = useEntryText(right.objects, after);
  const chosen = useCompareView((state) => state.view);
  const [compared, setCompared] = useState<{ readonly key: string; readonly differences: number }>();
  const texts = textOf(a) !== undefined && textOf(b) !== undefined && !isLargeUnread(a) && !isLargeUnread(b);
  const view = texts && isJson(a) && isJson(b) ? chosen : undefined;
  const differences = compared?.key === entry.key ? compared.differences : undefined;
  const text = texts && view !== 'tree';
  return (
    <section className={classes.pane} aria-label={entry.key}>
      <header className={classes.paneHead}>
        <h2 className={classes.paneTitle}>
          <code>{entry.key}</code>
          <CopyButton text={entry.key} label={strings.copyKey} />
        </h2>
        <KindMark kind={entry.change.kind} word />
        {entry.effect !== undefined && <EffectBadge effect={entry.effect} />}
        <EntryToolbar view={view} text={text} differences={differences} />
        {entry.rule !== undefined && (
          <p className={classes.rule}>
            {entry.rule.text} <span className={classes.source}>{entry.rule.source}</span>
          </p>
        )}
      </header>
      <Cut sides={[a, b]} />
      <div className={classes.paneBody}>
        <Difference
          entry={entry}
          left={a}
          right={b}
          labels={{ a: left.label, b: right.label }}
          view={view ?? 'text'}
          startAt={startAt}
          onWalk={onWalk}
          onStep={onStep}
          onCompared={(count) => setCompared({ key: entry.key, differences: count })}
        />
      </div>
    </section>
  );
}

function sidesOf({ change }: ComparedEntry): { readonly before: StateEntry | undefined; readonly after: StateEntry | undefined } {
  return {
    before: change.kind === 'added' ? undefined : change.before,
    after: change.kind === 'removed' ? undefined : change.after,
  };
}

/** Whether a side can be taken apart as JSON, as far as its beginning tells. */
function isJson(text: EntryText): boolean {
  return text.kind === 'json' || text.kind === 'absent' || (text.kind === 'text' && text.type === 'JSON' && !text.truncated);
}

/** Says of a text that is larger than can be shown that it was cut off. */
function Cut({ sides }: { sides: readonly EntryText[] }) {
  const cut = sides.filter((side) => side.kind === 'text').find((side) => side.truncated && side.showMore === undefined);
  if (cut === undefined) return null;
  return (
    <p className={classes.cut} role="status">
      {strings.cut(dataSize(largestPreviewBytes), cut.size === undefined ? undefined : dataSize(cut.size))}
    </p>
  );
}
