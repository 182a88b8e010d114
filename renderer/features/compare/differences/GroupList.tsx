import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconEqual, IconFold, IconFoldDown, IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { strings } from '../../../strings/differences.ts';
import { MeaningBadge } from '../../../ui/MeaningBadge.tsx';
import { meanings } from '../../../ui/meaning.ts';
import shared from '../compare.module.css';
import { FilterChip } from '../FilterChip.tsx';
import { RowList } from '../list/RowList.tsx';
import classes from './differences.module.css';
import type { GroupRow } from './groupRows.ts';
import { everyGroup, type FleetGroup, type GroupFilter, outcomeCounts, outcomes } from './groups.ts';

interface GroupListProps {
  readonly groups: readonly FleetGroup[];
  readonly rows: readonly GroupRow[];
  readonly filter: GroupFilter;
  readonly onFilter: (filter: GroupFilter) => void;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (id: string, open: boolean) => void;
  readonly onToggleAll: (open: boolean) => void;
  /** Enter on a device. */
  readonly onOpen: (id: string) => void;
}

/** The groups, largest first, each with its devices under it. */
export function GroupList({ groups, rows, filter, onFilter, onToggleAll, ...list }: GroupListProps) {
  const counts = useMemo(() => outcomeCounts(groups), [groups]);
  const filtered = filter.text !== '' || filter.outcomes.size > 0;
  return (
    <div className={shared.list}>
      <div className={shared.filter}>
        <div className={shared.filterLine}>
          <TextInput
            className={shared.grow ?? ''}
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
        <fieldset className={shared.effects}>
          <legend className={shared.srOnly}>{strings.outcomes}</legend>
          {outcomes
            .filter((outcome) => counts.has(outcome) || filter.outcomes.has(outcome))
            .map((outcome) => {
              const look =
                outcome === 'same' ? { icon: IconEqual, word: strings.same, tone: 'none' as const } : meanings[outcome];
              return (
                <FilterChip
                  key={outcome}
                  icon={look.icon}
                  word={look.word}
                  tone={look.tone}
                  count={counts.get(outcome) ?? 0}
                  pressed={filter.outcomes.has(outcome)}
                  onToggle={() => {
                    const next = new Set(filter.outcomes);
                    if (!next.delete(outcome)) next.add(outcome);
                    onFilter({ ...filter, outcomes: next });
                  }}
                />
              );
            })}
        </fieldset>
      </div>
      <div className={shared.rows}>
        {rows.length === 0 ? (
          <p className={shared.shown}>
            <span className={classes.note}>{filtered ? strings.noMatch : strings.waiting}</span>
            {filtered && (
              <Button size="compact-xs" onClick={() => onFilter(everyGroup)}>
                {strings.showAll}
              </Button>
            )}
          </p>
        ) : (
          <RowList label={strings.groups} rows={rows} {...list}>
            {(row) => <Row row={row} />}
          </RowList>
        )}
      </div>
    </div>
  );
}

function Row({ row }: { row: GroupRow }) {
  if (row.kind === 'entry') {
    return 'unreadable' in row ? (
      <span className={classes.device} title={row.unreadable.name}>
        {row.unreadable.name}
      </span>
    ) : (
      <>
        <span className={classes.device} title={row.device.name}>
          {row.device.name}
        </span>
        <code className={classes.revision} title={row.device.revision}>
          <bdi>{row.device.revision}</bdi>
        </code>
      </>
    );
  }
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  if ('count' in row) {
    return (
      <>
        <Chevron size={14} aria-hidden />
        <span className={classes.who}>{strings.devices(row.count)}</span>
        <span className={classes.parts} />
        <MeaningBadge meaning="silent" still>
          {strings.unreadable}
        </MeaningBadge>
      </>
    );
  }
  const { group } = row;
  const only = group.devices.length === 1 ? group.devices[0] : undefined;
  return (
    <>
      <Chevron size={14} aria-hidden />
      <span className={classes.who} title={only?.name}>
        {only?.name ?? strings.devices(group.devices.length)}
      </span>
      <Parts group={group} />
      {group.differing > 0 && <span className={classes.entries}>{strings.entries(group.differing)}</span>}
      <OutcomeBadge group={group} />
    </>
  );
}

const mostParts = 2;

function Parts({ group }: { group: FleetGroup }) {
  const { parts } = group;
  return (
    <span className={classes.parts} title={parts.map(({ part }) => part).join(', ')}>
      {parts.slice(0, mostParts).map(({ part, effect }) =>
        effect === undefined ? (
          <span key={part} className={classes.part}>
            {part}
          </span>
        ) : (
          <MeaningBadge key={part} meaning={effect} plain>
            {part}
          </MeaningBadge>
        ),
      )}
      {parts.length > mostParts && <span className={classes.part}>{strings.moreParts(parts.length - mostParts)}</span>}
    </span>
  );
}

/** What moving the group's devices to the reference amounts to. */
export function OutcomeBadge({ group: { outcome } }: { group: FleetGroup }) {
  if (outcome === undefined) return null;
  if (outcome !== 'same') return <MeaningBadge meaning={outcome} />;
  return (
    <span className={classes.same}>
      <IconEqual size={14} aria-hidden />
      {strings.same}
    </span>
  );
}
