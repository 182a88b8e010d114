import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconFold, IconFoldDown, IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ChangeKind } from '../../../shared/compare/compare.ts';
import type { ChangeEffect } from '../../../shared/forecast/index.ts';
import { strings } from '../../strings/compare.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { meanings } from '../../ui/meaning.ts';
import classes from './compare.module.css';
import { type ComparedGroup, type CompareRow, type EntryFilter, entryCounts, everyEntry, filteredGroups } from './entries.ts';
import { FilterChip } from './FilterChip.tsx';
import { KindMark, kindIcons } from './KindMark.tsx';
import { RowList } from './list/RowList.tsx';

interface EntryListProps {
  readonly groups: readonly ComparedGroup[];
  readonly rows: readonly CompareRow[];
  readonly filter: EntryFilter;
  readonly onFilter: (filter: EntryFilter) => void;
  readonly onHideFormatting: () => void;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (id: string, open: boolean) => void;
  readonly onToggleAll: (open: boolean) => void;
  readonly searchBox: React.RefObject<HTMLInputElement | null>;
}

const effects: readonly ChangeEffect[] = ['reboot', 'restart', 'none'];
const kinds: readonly ChangeKind[] = ['added', 'removed', 'changed', 'formatting-only'];

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

/** The entries that differ, by part, with a coloured bar, an icon and a word for their effect. */
export function EntryList(props: EntryListProps) {
  const { groups, rows, filter, onFilter, selected, onSelect, onToggle, onToggleAll, searchBox } = props;
  const counts = useMemo(() => entryCounts(groups), [groups]);
  const shown = useMemo(
    () => filteredGroups(groups, filter).reduce((sum, { entries }) => sum + entries.length, 0),
    [groups, filter],
  );
  return (
    <div className={classes.list}>
      <div className={classes.filter}>
        <div className={classes.filterLine}>
          <TextInput
            ref={searchBox}
            className={classes.grow ?? ''}
            aria-label={strings.filter}
            placeholder={strings.filterPlaceholder}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={filter.text}
            onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && filter.text !== '') onFilter({ ...filter, text: '' });
            }}
          />
          <ActionIcon aria-label={strings.collapseAll} title={strings.collapseAll} onClick={() => onToggleAll(false)}>
            <IconFold size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={strings.expandAll} title={strings.expandAll} onClick={() => onToggleAll(true)}>
            <IconFoldDown size={16} aria-hidden />
          </ActionIcon>
        </div>
        {(counts.effects.size > 1 || filter.effects.size > 0) && (
          <fieldset className={classes.effects}>
            <legend className={classes.srOnly}>{strings.effects}</legend>
            {effects
              .filter((effect) => counts.effects.has(effect) || filter.effects.has(effect))
              .map((effect) => (
                <FilterChip
                  key={effect}
                  icon={meanings[effect].icon}
                  word={meanings[effect].word}
                  count={counts.effects.get(effect) ?? 0}
                  tone={meanings[effect].tone}
                  pressed={filter.effects.has(effect)}
                  onToggle={() => onFilter({ ...filter, effects: toggled(filter.effects, effect) })}
                />
              ))}
          </fieldset>
        )}
        {(counts.kinds.size > 1 || filter.kinds.size > 0) && (
          <fieldset className={classes.effects}>
            <legend className={classes.srOnly}>{strings.kindsToShow}</legend>
            {kinds
              .filter((kind) => counts.kinds.has(kind) || filter.kinds.has(kind))
              .map((kind) => (
                <FilterChip
                  key={kind}
                  icon={kindIcons[kind]}
                  word={strings.kinds[kind]}
                  count={counts.kinds.get(kind) ?? 0}
                  pressed={filter.kinds.has(kind)}
                  onToggle={() => onFilter({ ...filter, kinds: toggled(filter.kinds, kind) })}
                />
              ))}
          </fieldset>
        )}
        {(counts.kinds.has('formatting-only') || filter.hideFormatting) && (
          <Checkbox label={strings.hideFormatting} checked={filter.hideFormatting} onChange={props.onHideFormatting} />
        )}
        {shown < counts.all && (
          <p className={classes.shown} role="status">
            {strings.shownOf(shown, counts.all)}
            <Button
              size="compact-xs"
              onClick={() => {
                onFilter({ ...everyEntry, hideFormatting: false });
                if (filter.hideFormatting) props.onHideFormatting();
              }}
            >
              {strings.showAll}
            </Button>
          </p>
        )}
      </div>
      <div className={classes.rows}>
        {rows.length === 0 ? (
          <p className={classes.note}>{strings.noMatch}</p>
        ) : (
          <RowList label={strings.entries} rows={rows} selected={selected} onSelect={onSelect} onToggle={onToggle}>
            {(row) => (row.kind === 'part' ? <PartRow row={row} /> : <EntryRow row={row} />)}
          </RowList>
        )}
      </div>
    </div>
  );
}

function PartRow({ row }: { row: Extract<CompareRow, { kind: 'part' }> }) {
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Chevron size={14} aria-hidden />
      <span className={classes.partName}>{row.label}</span>
      <span className={classes.count}>{strings.shownInPart(row.shown, row.group.entries.length)}</span>
      {row.group.effect !== undefined && <EffectBadge effect={row.group.effect} />}
    </>
  );
}

function EntryRow({ row }: { row: Extract<CompareRow, { kind: 'entry' }> }) {
  const { effect, change, key } = row.entry;
  return (
    <>
      <span className={`${classes.effectBar} ${effect === undefined ? '' : toneClass(meanings[effect].tone)}`} />
      <KindMark kind={change.kind} />
      <code className={classes.key} title={key}>
        <bdi>{key}</bdi>
      </code>
      {effect !== undefined && <EffectBadge effect={effect} />}
    </>
  );
}
