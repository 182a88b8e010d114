import { ActionIcon, Checkbox } from '@mantine/core';
import { IconFold, IconFoldDown } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type JsonDiff, jsonDiff } from '../../../../shared/compare/json-diff.ts';
import { JsonSyntaxError } from '../../../../shared/state/json.ts';
import { strings } from '../../../strings/compare.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import type { ChangeWalk } from '../../../ui/monaco/changeWalk.ts';
import { useCompareView } from '../compareView.ts';
import { TreeList } from './TreeList.tsx';
import classes from './tree.module.css';
import { idOf, openDiffering, stopFrom, treeRows, treeStops } from './treeRows.ts';

interface JsonTreeProps {
  /** The text of a side; undefined where it is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly startAt: 'first' | 'last';
  readonly onWalk?: ((walk: ChangeWalk | undefined) => void) | undefined;
}

/** How two JSON texts differ, value by value. */
export function JsonTree({ before, after, startAt, onWalk }: JsonTreeProps) {
  const read = useMemo(() => readDiff(before, after), [before, after]);
  if (typeof read === 'string') return <p className={classes.note}>{strings.noTree(read)}</p>;
  return <Tree key={`${before}\0${after}`} diff={read} startAt={startAt} onWalk={onWalk} />;
}

function readDiff(before: string | undefined, after: string | undefined): JsonDiff | string {
  try {
    return jsonDiff(before, after);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
}

function Tree({ diff, startAt, onWalk }: { diff: JsonDiff } & Pick<JsonTreeProps, 'startAt' | 'onWalk'>) {
  const showSame = useCompareView((view) => view.showSame);
  const toggleView = useCompareView((view) => view.toggle);
  const stops = useMemo(() => treeStops(diff), [diff]);
  const [open, setOpen] = useState(openDiffering);
  const rows = useMemo(() => treeRows(diff, open, showSame), [diff, open, showSame]);
  const [selected, setSelected] = useState((startAt === 'last' ? stops.at(-1) : (stops[0] ?? rows[0]))?.id);
  const chosen = rows.find(({ id }) => id === selected)?.diff;

  const openById = (ids: readonly string[], opened: boolean) =>
    setOpen((now) => ({ ...now, byHand: new Map([...now.byHand, ...ids.map((id) => [id, opened] as const)]) }));
  const step = (by: 1 | -1): boolean => {
    const stop = stopFrom(stops, rows, selected, by);
    if (stop === undefined) return false;
    openById(stop.around, true);
    setSelected(stop.id);
    return true;
  };
  const latest = useRef(step);
  useLayoutEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    onWalk?.({ step: (by) => latest.current(by) });
    return () => onWalk?.(undefined);
  }, [onWalk]);

  return (
    <div className={classes.tree}>
      <div className={classes.bar}>
        <ActionIcon
          aria-label={strings.treeExpandAll}
          title={strings.treeExpandAll}
          onClick={() => setOpen({ all: 'every', byHand: new Map() })}
        >
          <IconFoldDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={strings.treeCollapseAll}
          title={strings.treeCollapseAll}
          onClick={() => setOpen({ all: 'none', byHand: new Map() })}
        >
          <IconFold size={16} aria-hidden />
        </ActionIcon>
        <Checkbox label={strings.showSame} checked={showSame} onChange={() => toggleView('showSame')} />
        <span className={classes.spring} />
        {chosen !== undefined && <Chosen diff={chosen} />}
      </div>
      {rows.length === 0 ? (
        <p className={classes.note}>{strings.nothingDiffersInside}</p>
      ) : (
        <TreeList rows={rows} selected={selected} onSelect={setSelected} onToggle={(ids, opened) => openById(ids, opened)} />
      )}
    </div>
  );
}

/** Where the selected value stands, and what can be copied of it. */
function Chosen({ diff }: { diff: JsonDiff }) {
  const pointer = diff.after?.pointer ?? diff.before?.pointer ?? '';
  return (
    <span className={classes.chosen} key={idOf(diff)}>
      <code className={classes.pointer} title={pointer}>
        <bdi>{pointer === '' ? '/' : pointer}</bdi>
      </code>
      <CopyButton text={pointer} label={strings.copyPath} />
      {diff.before !== undefined && (
        <>
          <span className={classes.copyWord}>{strings.oldValue}</span>
          <CopyButton text={diff.before.text} label={strings.copyBefore} />
        </>
      )}
      {diff.after !== undefined && (
        <>
          <span className={classes.copyWord}>{strings.newValue}</span>
          <CopyButton text={diff.after.text} label={strings.copyAfter} />
        </>
      )}
    </span>
  );
}
