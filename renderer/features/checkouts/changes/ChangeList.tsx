// biome-ignore-all lint/a11y/noStaticElementInteractions: the box of a row is for the pointer; the keyboard has Space
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list takes the keys for its rows
import { VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconInfoCircle, IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CommitLoss } from '../../../../shared/contract/checkout.ts';
import type { ChangeEffect } from '../../../../shared/forecast/index.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import { strings as words } from '../../../strings/checkouts.ts';
import { DataSize } from '../../../ui/DataSize.tsx';
import { toneClass } from '../../../ui/MeaningBadge.tsx';
import { meanings } from '../../../ui/meaning.ts';
import { RowList } from '../../compare/list/RowList.tsx';
import type { ChangeGroup, ChangeRow } from './changeRows.ts';
import classes from './changes.module.css';
import type { CommitToWorking } from './useCommitToWorking.ts';

interface ChangeListProps {
  readonly rows: readonly ChangeRow[];
  readonly selected: string | undefined;
  readonly marks: ReadonlySet<string>;
  /** Files that a commit by pvr would change without a word, by their path. */
  readonly losing: ReadonlyMap<string, CommitLoss['kind']>;
  /** What each change does. */
  readonly move: CommitToWorking;
  readonly onSelect: (id: string) => void;
  readonly onMark: (id: string) => void;
  readonly onToggle: (id: string, open: boolean) => void;
  readonly onOpen: (path: string) => void;
}

/** The files that changed, in groups as pvr shows them. Space marks a file, Enter opens it. */
export function ChangeList({ rows, selected, marks, losing, move, onSelect, onMark, onToggle, onOpen }: ChangeListProps) {
  return (
    <RowList
      label={strings.list}
      rows={rows}
      selected={selected}
      onSelect={onSelect}
      onToggle={onToggle}
      onOpen={onOpen}
      onKey={(key, id) => {
        if (key !== ' ') return false;
        onMark(id);
        return true;
      }}
      isChecked={(id) => (id.startsWith('/') ? undefined : marks.has(id))}
    >
      {(row) =>
        row.kind === 'part' ? (
          <GroupRow row={row} />
        ) : (
          <FileRow
            row={row}
            box={
              <span
                className={classes.box}
                data-checked={marks.has(row.id)}
                onClick={(event) => {
                  event.stopPropagation();
                  onMark(row.id);
                }}
              >
                {marks.has(row.id) ? <IconSquareCheckFilled size={16} aria-hidden /> : <IconSquare size={16} aria-hidden />}
              </span>
            }
            loss={losing.get(row.id)}
            effect={move.entries.get(row.id)?.effect}
          />
        )
      }
    </RowList>
  );
}

function groupWord(group: ChangeGroup): string {
  return group === '!' ? strings.problems : words.letters[group];
}

function GroupRow({ row }: { row: Extract<ChangeRow, { kind: 'part' }> }) {
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Chevron size={14} aria-hidden />
      <span>{groupWord(row.group)}</span>
      <span className={classes.count}>{row.count.toLocaleString()}</span>
    </>
  );
}

interface FileRowProps {
  readonly row: Extract<ChangeRow, { kind: 'entry' }>;
  readonly box: ReactNode;
  readonly loss: CommitLoss['kind'] | undefined;
  readonly effect: ChangeEffect | undefined;
}

function FileRow({ row, box, loss, effect }: FileRowProps) {
  const meaning = effect === undefined ? undefined : meanings[effect];
  const { path, group, line } = row.file;
  return (
    <>
      {box}
      <span className={classes.letter} data-group={group} title={groupWord(group)}>
        {group}
      </span>
      <code className={classes.path} title={path}>
        <bdi>{path}</bdi>
      </code>
      {loss !== undefined && (
        <span className={classes.dimIcon} title={strings.losses[loss]}>
          <IconInfoCircle size={14} aria-hidden />
          <VisuallyHidden>{strings.losses[loss]}</VisuallyHidden>
        </span>
      )}
      {line?.kind === 'object' && line.size !== undefined && (
        <span className={classes.size}>
          <DataSize bytes={line.size} />
        </span>
      )}
      {meaning !== undefined && (
        <span className={`${classes.effect} ${toneClass(meaning.tone)}`} title={meaning.word}>
          <meaning.icon size={14} aria-hidden />
          <VisuallyHidden>{meaning.word}</VisuallyHidden>
        </span>
      )}
    </>
  );
}
