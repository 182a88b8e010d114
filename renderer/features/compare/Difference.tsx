import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useDiffOptions } from '../../stores/diffOptions.ts';
import { strings } from '../../strings/compare.ts';
import type { ChangeWalk } from '../../ui/monaco/changeWalk.ts';
import { languageOf } from '../../ui/monaco/language.ts';
import { type DiffMarks, MonacoDiff } from '../../ui/monaco/MonacoDiff.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import classes from './compare.module.css';
import type { EntryView } from './compareView.ts';
import type { ComparedEntry } from './entries.ts';
import { gutterMarks } from './gutterMarks.ts';
import { ObjectFacts } from './ObjectFacts.tsx';
import { JsonTree } from './tree/JsonTree.tsx';
import { type EntryText, isLargeUnread, textOf } from './useEntryText.ts';

interface DifferenceProps {
  readonly entry: ComparedEntry;
  readonly left: EntryText;
  readonly right: EntryText;
  readonly labels: { readonly a: string; readonly b: string };
  readonly view: EntryView;
  readonly startAt: 'first' | 'last';
  readonly onWalk: (walk: ChangeWalk | undefined) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onCompared: (differences: number) => void;
}

/** The difference of an entry: as text, as a tree, or by what can be said of files that are no text. */
export function Difference({ entry, left, right, labels, ...shownAs }: DifferenceProps) {
  const a = textOf(left);
  const b = textOf(right);
  const made = useMemo(() => {
    if (a === undefined || b === undefined) return undefined;
    const marks = marksOf(entry, left, right);
    return {
      key: entry.key,
      left: { text: a, label: strings.left(labels.a), marks: marks.left },
      right: { text: b, label: strings.right(labels.b), marks: marks.right },
      before: left.kind === 'absent' ? undefined : a,
      after: right.kind === 'absent' ? undefined : b,
    };
  }, [entry, left, right, a, b, labels.a, labels.b]);
  const kept = useRef(made);
  useEffect(() => {
    if (made !== undefined) kept.current = made;
  }, [made]);

  const failed = [left, right].find((side) => side.kind === 'failed');
  if (failed?.kind === 'failed') {
    return (
      <div className={classes.failed}>
        <ProblemPanel problem={failed.problem}>
          <Button onClick={failed.retry}>{strings.retry}</Button>
        </ProblemPanel>
        <ObjectFacts left={left} right={right} labels={labels} />
      </div>
    );
  }
  const reading = left.kind === 'loading' || right.kind === 'loading';
  if (!reading && (made === undefined || isLargeUnread(left) || isLargeUnread(right))) {
    return <ObjectFacts left={left} right={right} labels={labels} />;
  }
  const shown = reading ? kept.current : made;
  if (shown === undefined) return <p className={classes.note}>{strings.reading}</p>;
  return (
    <div className={reading ? classes.stale : classes.diff} aria-busy={reading}>
      <Texts shown={shown} {...shownAs} />
    </div>
  );
}

interface Shown {
  readonly key: string;
  readonly left: { readonly text: string; readonly label: string; readonly marks: DiffMarks };
  readonly right: { readonly text: string; readonly label: string; readonly marks: DiffMarks };
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function Texts({
  shown,
  view,
  startAt,
  onWalk,
  onStep,
  onCompared,
}: { shown: Shown } & Pick<DifferenceProps, 'view' | 'startAt' | 'onWalk' | 'onStep' | 'onCompared'>) {
  const ignored = useDiffOptions((options) => options.ignoreWhitespace);
  const tree = (walk: typeof onWalk | undefined) => (
    <JsonTree before={shown.before} after={shown.after} startAt={startAt} onWalk={walk} />
  );
  if (view === 'tree') return tree(onWalk);
  const text = (
    <div className={classes.text}>
      {ignored && differsInSpaces(shown) && (
        <p className={classes.cut} role="status">
          {strings.onlyWhitespace}
        </p>
      )}
      <div className={classes.paneBody}>
        <MonacoDiff
          left={shown.left}
          right={shown.right}
          language={languageOf(shown.key, shown.right.text || shown.left.text)}
          startAt={startAt}
          onWalk={onWalk}
          onStep={onStep}
          onCompared={onCompared}
        />
      </div>
    </div>
  );
  if (view === 'text') return text;
  return (
    <SplitPane
      name="compare-tree"
      label={strings.treeWidth}
      fixed="second"
      defaultWidth={380}
      first={text}
      second={tree(undefined)}
    />
  );
}

/** Whether nothing is left of the difference once spaces around lines are ignored, as the editor ignores them. */
function differsInSpaces({ left, right }: Shown): boolean {
  const trimmed = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .join('\n');
  return left.text !== right.text && trimmed(left.text) === trimmed(right.text);
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
