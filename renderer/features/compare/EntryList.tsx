import { TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react';
import type { ChangeEffect } from '../../../shared/forecast/index.ts';
import { strings } from '../../strings/compare.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { meanings } from '../../ui/meaning.ts';
import classes from './compare.module.css';
import { type ComparedGroup, type CompareRow, type EntryFilter, effectCounts } from './entries.ts';
import { KindMark } from './KindMark.tsx';
import { RowList } from './list/RowList.tsx';

interface EntryListProps {
  readonly groups: readonly ComparedGroup[];
  readonly rows: readonly CompareRow[];
  readonly filter: EntryFilter;
  readonly onFilter: (filter: EntryFilter) => void;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (id: string, open: boolean) => void;
}

const effects: readonly ChangeEffect[] = ['reboot', 'restart', 'none'];

/** The entries that differ, by part, with a coloured bar, an icon and a word for their effect. */
export function EntryList({ groups, rows, filter, onFilter, selected, onSelect, onToggle }: EntryListProps) {
  const counts = effectCounts(groups);
  const toggle = (effect: ChangeEffect) => {
    const hidden = new Set(filter.hidden);
    if (!hidden.delete(effect)) hidden.add(effect);
    onFilter({ ...filter, hidden });
  };
  return (
    <div className={classes.list}>
      <div className={classes.filter}>
        <TextInput
          aria-label={strings.filter}
          placeholder={strings.filterPlaceholder}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={filter.text}
          onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        />
        {counts.size > 0 && (
          <fieldset className={classes.effects}>
            <legend className={classes.srOnly}>{strings.effects}</legend>
            {effects
              .filter((effect) => counts.has(effect))
              .map((effect) => {
                const { icon: Icon, word, tone } = meanings[effect];
                return (
                  <button
                    key={effect}
                    type="button"
                    className={`${classes.toggle} ${toneClass(tone)}`}
                    aria-pressed={!filter.hidden.has(effect)}
                    onClick={() => toggle(effect)}
                  >
                    <Icon size={14} aria-hidden />
                    {strings.showEffect(word, counts.get(effect) ?? 0)}
                  </button>
                );
              })}
          </fieldset>
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
      <span className={classes.count}>{row.group.entries.length}</span>
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
        {key}
      </code>
      {effect !== undefined && <EffectBadge effect={effect} />}
    </>
  );
}
