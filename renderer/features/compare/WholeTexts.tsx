import { type ReactNode, useMemo } from 'react';
import { strings } from '../../strings/compare.ts';
import { MonacoDiff } from '../../ui/monaco/MonacoDiff.tsx';
import classes from './compare.module.css';
import type { Side } from './sides/useSide.ts';

/** The comparison by entries, or what stands in its place: the same state twice, or the whole texts where one is no state. */
export function WholeTexts({ left, right, children }: { left: Side; right: Side; children: ReactNode }) {
  const whole = useMemo(
    () =>
      left.kind === 'ready' && right.kind === 'ready'
        ? {
            left: { text: left.text, label: strings.left(left.label), marks: [] },
            right: { text: right.text, label: strings.right(right.label), marks: [] },
          }
        : undefined,
    [left, right],
  );
  if (left.kind !== 'ready' || right.kind !== 'ready' || whole === undefined) return null;
  const broken = [left, right].find((side) => !side.parsed.ok);
  if (broken !== undefined && !broken.parsed.ok) {
    return (
      <section className={classes.pane} aria-label={strings.whole}>
        <p className={classes.note}>
          {strings.unreadable} ({broken.label}): {broken.parsed.reason}
        </p>
        <div className={classes.paneBody}>
          <MonacoDiff left={whole.left} right={whole.right} language="json" />
        </div>
      </section>
    );
  }
  if (left.text === right.text) return <p className={classes.note}>{strings.identical}</p>;
  return children === false ? <p className={classes.note}>{strings.noEntryDiffers}</p> : children;
}
