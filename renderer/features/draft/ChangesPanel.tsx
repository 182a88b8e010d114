import { type ReactNode, useMemo } from 'react';
import type { Forecast } from '../../../shared/forecast/index.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { strings } from '../../strings/draft.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { meanings } from '../../ui/meaning.ts';
import { type CompareRow, comparedGroups, compareRows, everyEntry } from '../compare/entries.ts';
import { KindMark } from '../compare/KindMark.tsx';
import { RowList } from '../compare/list/RowList.tsx';
import classes from './draft.module.css';

interface ChangesPanelProps {
  /** What the device moves from. */
  readonly from: StateDocument;
  readonly next: StateDocument;
  readonly forecast: Forecast | undefined;
  /** The list of problems stands below. */
  readonly problems: ReactNode;
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
}

const none: ReadonlySet<never> = new Set();

/** What the draft changes against what runs, each with its effect. */
export function ChangesPanel({ from, next, forecast, problems, selected, onSelect }: ChangesPanelProps) {
  const groups = useMemo(() => comparedGroups(from, next, forecast), [from, next, forecast]);
  const rows = useMemo(() => compareRows(groups, none, everyEntry), [groups]);
  const count = groups.reduce((sum, group) => sum + group.entries.length, 0);
  return (
    <div className={classes.changes}>
      <h2 className={classes.panelTitle}>
        {strings.whatChanges} {count > 0 && <span className={classes.count}>{count}</span>}
      </h2>
      <div className={classes.grow}>
        {rows.length === 0 ? (
          <p className={classes.note}>{strings.noChanges}</p>
        ) : (
          <RowList
            label={strings.whatChanges}
            rows={rows}
            selected={selected}
            onSelect={(id) => !id.startsWith('/') && onSelect(id)}
          >
            {(row) => <ChangeRow row={row} />}
          </RowList>
        )}
      </div>
      {problems}
    </div>
  );
}

function ChangeRow({ row }: { row: CompareRow }) {
  if (row.kind === 'part') return <span className={classes.partName}>{row.label}</span>;
  const { effect, change, key } = row.entry;
  return (
    <>
      <span className={`${classes.effectBar} ${effect === undefined ? '' : toneClass(meanings[effect].tone)}`} />
      <KindMark kind={change.kind} />
      <code className={classes.key} title={row.entry.rule === undefined ? key : `${key}: ${row.entry.rule.text}`}>
        {key}
      </code>
      {effect !== undefined && <EffectBadge effect={effect} />}
    </>
  );
}
