// biome-ignore-all lint/a11y/useSemanticElements: the cells of a virtual grid are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its cells
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { strings } from '../../strings/policies.ts';
import { GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { placeAfterKey } from './gridKeys.ts';
import { columnWidth, headHeight, nameWidth, rowHeight } from './gridSizes.ts';
import classes from './policies.module.css';
import { cellsBetween, isAllChosen, nothingChosen, type Place, type PolicySelection, withCells } from './policySelection.ts';
import type { PolicyTable } from './policyTable.ts';

interface PolicyGridProps {
  readonly table: PolicyTable;
  readonly nameOf: (id: DeviceId) => string;
  readonly selection: PolicySelection;
  readonly onSelect: (selection: PolicySelection) => void;
  readonly onToggle: (group: string) => void;
  readonly onOpen: (device: DeviceId) => void;
  readonly handle: Ref<{ focus: () => void }>;
}

/**
 * Devices by containers, of any number both ways: only the cells in sight exist. A click chooses a cell, with Shift up to there, with
 * Control one more; the heads choose whole columns and rows.
 */
export function PolicyGrid({ table, nameOf, selection, onSelect, onToggle, onOpen, handle }: PolicyGridProps) {
  const { rows, columns } = table;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus() }), []);
  const [wanted, setActive] = useState<Place>({ row: 0, column: 0 });
  const anchor = useRef<Place>(wanted);
  // Rows and columns come and go while somebody looks.
  const active = { row: Math.min(wanted.row, rows.length - 1), column: Math.min(wanted.column, columns.length - 1) };
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => columnWidth,
    scrollPaddingStart: nameWidth,
    overscan: 2,
  });

  const last = { row: rows.length - 1, column: columns.length - 1 };
  const choose = (from: Place, to: Place, adding: boolean) => {
    const cells = cellsBetween(rows, columns, from, to);
    onSelect(adding ? withCells(selection, cells, !isAllChosen(selection, cells)) : withCells(nothingChosen, cells, true));
  };
  const chooseColumn = (column: number, adding: boolean) => choose({ row: 0, column }, { row: last.row, column }, adding);
  const chooseRow = (row: number, adding: boolean) => choose({ row, column: 0 }, { row, column: last.column }, adding);
  const go = (to: Place) => {
    setActive(to);
    down.scrollToIndex(to.row, { align: 'auto' });
    across.scrollToIndex(to.column, { align: 'auto' });
  };
  const onCell = (place: Place, event: MouseEvent) => {
    setActive(place);
    if (event.shiftKey) choose(anchor.current, place, false);
    else {
      anchor.current = place;
      choose(place, place, event.ctrlKey || event.metaKey);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const row = rows[active.row];
    if (row === undefined) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 3);
    const to = placeAfterKey(event.key, active, { rows: rows.length, columns: columns.length }, page, command);
    if (to !== undefined) {
      go(to);
      if (event.shiftKey) choose(anchor.current, to, false);
      else anchor.current = to;
    } else if (event.key === ' ') {
      if (command) chooseColumn(active.column, true);
      else if (event.shiftKey) chooseRow(active.row, true);
      else choose(active, active, true);
    } else if (command && event.key === 'a') choose({ row: 0, column: 0 }, last, false);
    else if (event.key === 'Enter') {
      const [device] = row.devices;
      if (row.kind === 'group') onToggle(row.key);
      else if (device !== undefined) onOpen(device);
    } else if (event.key === 'Escape' && selection.size > 0) onSelect(nothingChosen);
    else return;
    event.preventDefault();
  };

  const items = across.getVirtualItems();
  const cellId = (place: Place) => `${id}-${place.row}-${place.column}`;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="treegrid"
      tabIndex={0}
      aria-label={strings.grid}
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={cellId(active)}
      onKeyDown={onKeyDown}
    >
      <div
        className={classes.sheet}
        style={{ width: nameWidth + across.getTotalSize(), height: headHeight + down.getTotalSize() }}
      >
        <GridHead
          columns={columns}
          items={items}
          onColumn={chooseColumn}
          onAll={() => choose({ row: 0, column: 0 }, last, false)}
        />
        {down.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <GridRow
              key={row.nested ? `${row.key} nested` : row.key}
              row={row}
              index={index}
              start={start + headHeight}
              columns={columns}
              items={items}
              nameOf={nameOf}
              selection={selection}
              active={active.row === index ? active.column : undefined}
              cellId={cellId}
              onCell={onCell}
              onRow={chooseRow}
              onToggle={onToggle}
            />
          );
        })}
      </div>
    </div>
  );
}
