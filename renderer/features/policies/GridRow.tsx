// biome-ignore-all lint/a11y/useSemanticElements: the cells of a virtual grid are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its cells
import { VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { VirtualItem } from '@tanstack/react-virtual';
import type { MouseEvent } from 'react';
import { Link } from 'wouter';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/policies.ts';
import { columnWidth, nameWidth } from './gridSizes.ts';
import { cellTitle, PolicyCell } from './PolicyCell.tsx';
import classes from './policies.module.css';
import { chosenIn, type Place, type PolicySelection } from './policySelection.ts';
import type { PolicyColumn, PolicyRow } from './policyTable.ts';

interface GridRowProps {
  readonly row: PolicyRow;
  readonly index: number;
  /** Pixels from the top of the grid. */
  readonly start: number;
  readonly columns: readonly PolicyColumn[];
  readonly items: readonly VirtualItem[];
  readonly nameOf: (id: DeviceId) => string;
  readonly selection: PolicySelection;
  /** The column of the active cell, where it is in this row. */
  readonly active: number | undefined;
  readonly cellId: (place: Place) => string;
  readonly onCell: (place: Place, event: MouseEvent) => void;
  readonly onRow: (row: number, adding: boolean) => void;
  readonly onToggle: (group: string) => void;
}

/** A group of devices under the same policies, or one device. */
export function GridRow(props: GridRowProps) {
  const { row, index, start, columns, items, selection, active, cellId, onCell } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={row.nested ? 2 : 1}
      {...(row.kind === 'group' ? { 'aria-expanded': row.open } : {})}
      className={`${classes.row} ${row.nested ? classes.nested : ''}`}
      style={{ transform: `translateY(${start}px)` }}
    >
      <RowName {...props} />
      {items.map((item) => {
        const container = columns[item.index]?.container;
        if (container === undefined) return null;
        const policy = row.policies.get(container);
        const chosen = policy === undefined ? 'none' : chosenIn(selection, container, row.devices);
        const place = { row: index, column: item.index };
        const look = [
          classes.cell,
          chosen === 'all' ? classes.chosen : chosen === 'some' ? classes.partly : '',
          active === item.index ? classes.active : '',
        ];
        return (
          <div
            key={container}
            id={cellId(place)}
            role="gridcell"
            aria-colindex={item.index + 2}
            aria-selected={chosen === 'all'}
            className={look.join(' ')}
            style={{ left: nameWidth + item.start, width: columnWidth }}
            title={policy === undefined ? strings.none : cellTitle(policy)}
            onClick={(event) => onCell(place, event)}
          >
            {policy === undefined ? <Absent /> : <PolicyCell of={policy} />}
          </div>
        );
      })}
    </div>
  );
}

function Absent() {
  return (
    <>
      <span className={classes.absent} aria-hidden />
      <VisuallyHidden>{strings.none}</VisuallyHidden>
    </>
  );
}

const namedInGroup = 3;

function RowName({ row, index, nameOf, onRow, onToggle }: GridRowProps) {
  const { kind, devices, open, key } = row;
  const [first] = devices;
  const names = devices.slice(0, namedInGroup).map(nameOf);
  const name = kind === 'device' && first !== undefined ? nameOf(first) : strings.devices(devices.length);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      className={classes.rowName}
      style={{ width: nameWidth }}
      title={strings.chooseRow(name)}
      onClick={(event) => onRow(index, event.ctrlKey || event.metaKey)}
    >
      {kind === 'group' ? (
        <>
          <button
            type="button"
            tabIndex={-1}
            className={classes.toggle}
            aria-label={open ? strings.collapse(devices.length) : strings.expand(devices.length)}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(key);
            }}
          >
            <Chevron size={14} aria-hidden />
          </button>
          <span className={classes.groupCount}>{name}</span>
          <span className={classes.groupNames}>{strings.groupNames(names, devices.length - names.length)}</span>
        </>
      ) : (
        first !== undefined && (
          <Link
            href={paths.device(first)}
            tabIndex={-1}
            className={classes.deviceName}
            onClick={(event: MouseEvent) => event.stopPropagation()}
          >
            {name}
          </Link>
        )
      )}
    </div>
  );
}
