import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { StateEntry } from '../../../shared/state/state.ts';
import { strings } from '../../strings/compare.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { dataSize } from '../../ui/dataSize.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { languageOf } from '../../ui/monaco/language.ts';
import { type DiffMarks, MonacoDiff } from '../../ui/monaco/MonacoDiff.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './compare.module.css';
import type { ComparedEntry } from './entries.ts';
import { gutterMarks } from './gutterMarks.ts';
import { KindMark } from './KindMark.tsx';
import { ObjectFacts } from './ObjectFacts.tsx';
import { largestPreviewBytes, previewBytes } from './objectText.ts';
import { type EntryText, useEntryText } from './useEntryText.ts';

interface EntryPaneProps {
  readonly deviceId: DeviceId;
  readonly entry: ComparedEntry;
  readonly labels: { readonly a: string; readonly b: string };
}

/** The selected entry on both sides: how it differs, what that does and by which rule, and the difference itself. */
export function EntryPane({ deviceId, entry, labels }: EntryPaneProps) {
  const { before, after } = sidesOf(entry);
  const left = useEntryText(deviceId, before);
  const right = useEntryText(deviceId, after);
  return (
    <section className={classes.pane} aria-label={entry.key}>
      <header className={classes.paneHead}>
        <h2 className={classes.paneTitle}>
          <code>{entry.key}</code>
          <CopyButton text={entry.key} label={strings.copyKey} />
        </h2>
        <KindMark kind={entry.change.kind} word />
        {entry.effect !== undefined && <EffectBadge effect={entry.effect} />}
        {entry.rule !== undefined && (
          <p className={classes.rule}>
            {entry.rule.text} <span className={classes.source}>{entry.rule.source}</span>
          </p>
        )}
      </header>
      <Cut sides={[left, right]} />
      <div className={classes.paneBody}>
        <Difference entry={entry} left={left} right={right} labels={labels} />
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

/** Large texts are cut off until somebody asks for more. */
function Cut({ sides }: { sides: readonly EntryText[] }) {
  const cut = sides.filter((side) => side.kind === 'text').filter((side) => side.truncated);
  const first = cut[0];
  if (first === undefined) return null;
  const more = cut.flatMap((side) => side.showMore ?? []);
  const shown = dataSize(more.length === 0 ? largestPreviewBytes : previewBytes);
  return (
    <p className={classes.cut}>
      {strings.cut(shown, first.size === undefined ? undefined : dataSize(first.size))}
      {more.length > 0 && (
        <Button
          size="compact-xs"
          onClick={() => {
            for (const show of more) show();
          }}
        >
          {strings.showMore}
        </Button>
      )}
    </p>
  );
}

interface DifferenceProps {
  readonly entry: ComparedEntry;
  readonly left: EntryText;
  readonly right: EntryText;
  readonly labels: EntryPaneProps['labels'];
}

function Difference({ entry, left, right, labels }: DifferenceProps) {
  const a = shownText(left);
  const b = shownText(right);
  const sides = useMemo(() => {
    if (a === undefined || b === undefined) return undefined;
    const marks = marksOf(entry, left, right);
    return {
      left: { text: a, label: strings.left(labels.a), marks: marks.left },
      right: { text: b, label: strings.right(labels.b), marks: marks.right },
    };
  }, [entry, left, right, a, b, labels.a, labels.b]);
  const kept = useRef(sides);
  useEffect(() => {
    if (sides !== undefined) kept.current = sides;
  }, [sides]);
  if (left.kind === 'failed') return <ProblemPanel problem={left.problem} />;
  if (right.kind === 'failed') return <ProblemPanel problem={right.problem} />;
  const reading = left.kind === 'loading' || right.kind === 'loading';
  const shown = reading ? kept.current : sides;
  if (shown === undefined) {
    return reading ? (
      <p className={classes.note}>{strings.reading}</p>
    ) : (
      <ObjectFacts left={left} right={right} labels={labels} />
    );
  }
  return (
    <div className={reading ? classes.stale : classes.diff} aria-busy={reading}>
      <MonacoDiff left={shown.left} right={shown.right} language={languageOf(entry.key, b || (a ?? ''))} />
    </div>
  );
}

/** Undefined where a side is no text. */
function shownText(text: EntryText): string | undefined {
  switch (text.kind) {
    case 'absent':
      return '';
    case 'json':
    case 'text':
      return text.text;
    case 'loading':
    case 'failed':
    case 'binary':
      return undefined;
  }
}

function marksOf(
  entry: ComparedEntry,
  left: EntryText,
  right: EntryText,
): { readonly left: DiffMarks; readonly right: DiffMarks } {
  if (entry.effect !== 'reboot' || entry.rule === undefined) return { left: [], right: [] };
  const rule = entry.rule.text;
  if (left.kind === 'text' || right.kind === 'text') {
    const everyDifference = { kind: 'reboot', hover: rule } as const;
    return {
      left: left.kind === 'absent' ? [] : { everyDifference },
      right: right.kind === 'absent' ? [] : { everyDifference },
    };
  }
  return gutterMarks({
    change: entry.change.kind,
    key: entry.key,
    left: left.kind === 'json' ? left.text : undefined,
    right: right.kind === 'json' ? right.text : undefined,
    rule,
  });
}
