import { Checkbox, TextInput } from '@mantine/core';
import { IconBraces, IconChevronDown, IconChevronRight, IconFile, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { partLabel } from '../../../shared/state/parts.ts';
import { strings } from '../../strings/draft.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { meanings } from '../../ui/meaning.ts';
import { changesByKey } from '../compare/entries.ts';
import { KindMark } from '../compare/KindMark.tsx';
import { RowList } from '../compare/list/RowList.tsx';
import classes from './draft.module.css';
import { rowIdOfPart, type TreePart, type TreeRow, treeRows } from './tree.ts';

interface DraftTreeProps {
  readonly parts: readonly TreePart[];
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
  /** The row that files are held over. */
  readonly marked: string | undefined;
  readonly add: ReactNode;
  readonly forecast: Forecast | undefined;
}

/** The entries of the draft by part, with a mark on each that it changed, and the ways to add one. */
export function DraftTree({ parts, selected, onSelect, marked, add, forecast }: DraftTreeProps) {
  const [filter, setFilter] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const partOfSelected = useMemo(
    () => parts.find(({ entries }) => entries.some(({ key }) => key === selected))?.part,
    [parts, selected],
  );
  const home = partOfSelected === undefined ? undefined : rowIdOfPart(partOfSelected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a part that is closed afterwards stays closed
  useEffect(() => {
    if (home !== undefined) setClosed((before) => (before.has(home) ? new Set([...before].filter((id) => id !== home)) : before));
  }, [selected]);
  const rows = useMemo(() => treeRows(parts, { closed, filter, changedOnly }), [parts, closed, filter, changedOnly]);
  const effects = useMemo(() => changesByKey(forecast), [forecast]);
  const toggle = (id: string, open: boolean) =>
    setClosed((before) => {
      const next = new Set(before);
      if (open) next.delete(id);
      else next.add(id);
      return next;
    });
  return (
    <div className={classes.tree} data-draft-tree>
      <div className={classes.treeHead}>
        <div className={classes.treeTools}>
          <TextInput
            className={classes.grow ?? ''}
            aria-label={strings.filter}
            placeholder={strings.filterPlaceholder}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
          {add}
        </div>
        <Checkbox
          label={strings.changedOnly}
          checked={changedOnly}
          onChange={(event) => setChangedOnly(event.currentTarget.checked)}
        />
      </div>
      <div className={classes.grow}>
        {rows.length === 0 ? (
          <p className={classes.note}>{strings.noMatch}</p>
        ) : (
          <RowList label={strings.tree} rows={rows} selected={selected} onSelect={onSelect} onToggle={toggle} marked={marked}>
            {(one) =>
              one.kind === 'part' ? <PartRow row={one} /> : <EntryRow row={one} effect={effects.get(one.entry.key)?.effect} />
            }
          </RowList>
        )}
      </div>
    </div>
  );
}

function PartRow({ row }: { row: Extract<TreeRow, { kind: 'part' }> }) {
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Chevron size={14} aria-hidden />
      <span className={classes.partName}>{partLabel(row.part)}</span>
      <span className={classes.count}>{row.changes > 0 ? strings.changedOf(row.changes, row.count) : row.count}</span>
    </>
  );
}

function EntryRow({
  row,
  effect,
}: {
  row: Extract<TreeRow, { kind: 'entry' }>;
  effect: 'reboot' | 'restart' | 'none' | undefined;
}) {
  const { entry } = row;
  const Icon = entry.kind === 'json' ? IconBraces : IconFile;
  const touched = entry.change !== 'same';
  const meaning = touched && effect !== undefined ? meanings[effect] : undefined;
  return (
    <>
      <span className={`${classes.effectBar} ${meaning === undefined ? '' : toneClass(meaning.tone)}`} />
      <Icon size={14} stroke={1.5} className={classes.fileIcon} aria-hidden />
      <code
        className={`${classes.key} ${touched ? classes.touched : ''} ${entry.change === 'removed' ? classes.removed : ''}`}
        title={entry.key}
      >
        {row.name}
      </code>
      {entry.unfinished && <span className={classes.unfinished}>{strings.unfinishedShort}</span>}
      {entry.change !== 'same' && <KindMark kind={entry.change} />}
      {meaning !== undefined && (
        <span className={`${classes.effectIcon} ${toneClass(meaning.tone)}`} title={meaning.word}>
          <meaning.icon size={14} aria-hidden />
          <span className={classes.srOnly}>{meaning.word}</span>
        </span>
      )}
    </>
  );
}
