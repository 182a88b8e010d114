import { IconAlertOctagonFilled, IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
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
import type { DraftProblem } from './problems.ts';

interface ChangesPanelProps {
  /** What the device moves from. */
  readonly from: StateDocument;
  readonly next: StateDocument;
  readonly forecast: Forecast | undefined;
  readonly problems: readonly DraftProblem[];
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
}

const none: ReadonlySet<never> = new Set();

/** What the draft changes against what runs, each with its effect, and what looks wrong. */
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
      <section className={classes.problems} aria-labelledby="draft-problems">
        <h2 id="draft-problems" className={classes.panelTitle}>
          {strings.problems} {problems.length > 0 && <span className={classes.count}>{problems.length}</span>}
        </h2>
        {problems.length === 0 ? (
          <p className={classes.note}>{strings.noProblems}</p>
        ) : (
          <ul className={classes.problemList}>
            {problems.map((problem) => (
              <li key={`${problem.key}-${problem.line}-${problem.text}`}>
                <Problem problem={problem} onSelect={onSelect} />
              </li>
            ))}
          </ul>
        )}
      </section>
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

function Problem({ problem, onSelect }: { problem: DraftProblem; onSelect: (key: string) => void }) {
  const Icon = problem.severity === 'blocks' ? IconAlertOctagonFilled : IconAlertTriangle;
  const tone = problem.severity === 'blocks' ? 'refused' : 'reboot';
  const { key } = problem;
  return (
    <div className={`${classes.problemItem} ${toneClass(tone)}`}>
      <Icon size={14} aria-hidden />
      <p>
        <span className={classes.srOnly}>{problem.severity === 'blocks' ? strings.blocks : strings.warns}: </span>
        {key !== undefined && (
          <button type="button" className={classes.link} onClick={() => onSelect(key)}>
            {key}
          </button>
        )}
        {problem.line !== undefined && `, ${strings.line(problem.line)}`}
        {key !== undefined && ': '}
        {problem.text}
      </p>
    </div>
  );
}
