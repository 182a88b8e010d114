import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { prettyJson } from '../../../../shared/compare/pretty.ts';
import type { RebaseConflict } from '../../../../shared/contract/draft.ts';
import { strings } from '../../../strings/rebase.ts';
import { MonacoDiff } from '../../../ui/monaco/MonacoDiff.tsx';
import classes from './rebase.module.css';
import { allTo, type Sides, undecided } from './sides.ts';

interface ConflictsProps {
  readonly conflicts: readonly RebaseConflict[];
  readonly onto: string;
  readonly sides: Sides;
  readonly onChange: (sides: Sides) => void;
}

/** The entries that both sides changed, each with its two texts and the choice between them. */
export function Conflicts({ conflicts, onto, sides, onChange }: ConflictsProps) {
  const [selected, setSelected] = useState(conflicts[0]?.key);
  const shown = conflicts.find(({ key }) => key === selected) ?? conflicts[0];
  const choose = (key: string, side: 'mine' | 'theirs') => {
    const next = { ...sides, [key]: side };
    onChange(next);
    // On to the next one that waits, so that many are quickly answered.
    const [open] = undecided(conflicts, next);
    if (sides[key] === undefined && open !== undefined) setSelected(open.key);
  };
  return (
    <section aria-label={strings.conflictList}>
      <div className={classes.conflictHead}>
        <h3 className={classes.heading}>{strings.conflicts(conflicts.length)}</h3>
        <span className={classes.spring} />
        <Button onClick={() => onChange(allTo(conflicts, 'mine'))}>{strings.allMine}</Button>
        <Button onClick={() => onChange(allTo(conflicts, 'theirs'))}>{strings.allTheirs}</Button>
      </div>
      <div className={classes.conflicts}>
        <ul className={classes.list}>
          {conflicts.map(({ key }) => {
            const side = sides[key];
            return (
              <li key={key}>
                <button
                  type="button"
                  className={classes.entry}
                  aria-current={key === shown?.key || undefined}
                  onClick={() => setSelected(key)}
                >
                  <code title={key}>{key}</code>
                  <span className={side === undefined ? classes.open : classes.dim}>
                    {side === undefined ? strings.open : strings.decided[side]}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
        {shown !== undefined && (
          <div className={classes.pane}>
            <div className={classes.conflictHead}>
              <code className={classes.paneKey}>{shown.key}</code>
              <span className={classes.spring} />
              <fieldset className={classes.choice} aria-label={strings.sideOf(shown.key)}>
                {(['theirs', 'mine'] as const).map((side) => (
                  <Button
                    key={side}
                    variant={sides[shown.key] === side ? 'filled' : 'default'}
                    aria-pressed={sides[shown.key] === side}
                    onClick={() => choose(shown.key, side)}
                  >
                    {side === 'theirs' ? strings.take : strings.keep}
                  </Button>
                ))}
              </fieldset>
            </div>
            <Texts conflict={shown} onto={onto} />
          </div>
        )}
      </div>
    </section>
  );
}

function Texts({ conflict, onto }: { conflict: RebaseConflict; onto: string }) {
  const { left, right } = useMemo(() => {
    const side = (text: string | undefined, label: string) => ({
      text: text === undefined ? '' : prettyJson(text).text,
      label: text === undefined ? strings.removed(label) : label,
      marks: [],
    });
    return { left: side(conflict.theirs, strings.left(onto)), right: side(conflict.mine, strings.right) };
  }, [conflict, onto]);
  return (
    <>
      <div className={classes.labels} aria-hidden>
        <span>{left.label}</span>
        <span>{right.label}</span>
      </div>
      <div className={classes.diff}>
        <MonacoDiff left={left} right={right} language="json" />
      </div>
    </>
  );
}
