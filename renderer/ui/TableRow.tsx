// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual table are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows
import { type CSSProperties, type MouseEvent, useMemo } from 'react';
import type { TableColumn } from './tableColumn.ts';
import classes from './VirtualTable.module.css';

/** How a row was pressed: with Shift up to it, with Control or Command it as well, or its box. */
export type Press = 'plain' | 'range' | 'toggle' | 'box';

/** What can be done to a row with the pointer; the same for as long as the table is there. */
export interface RowActs {
  readonly press: (key: string, how: Press) => void;
  readonly open: (key: string) => void;
  readonly menu: ((key: string, event: MouseEvent) => void) | undefined;
}

interface TableRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly rowId: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly selected: boolean;
  /** The row's box is ticked; undefined where rows have none. */
  readonly marked: boolean | undefined;
  /** What the box is called. */
  readonly markLabel: ((row: Row) => string) | undefined;
  readonly columns: readonly TableColumn<Row>[];
  readonly places: ReadonlyMap<string, number>;
  readonly tracks: CSSProperties;
  readonly acts: RowActs;
}

function pressOf({ shiftKey, ctrlKey, metaKey }: MouseEvent): Press {
  return shiftKey ? 'range' : ctrlKey || metaKey ? 'toggle' : 'plain';
}

/** A row is drawn again when something of it changed, not when another one did. */
export function TableRow<Row>(props: TableRowProps<Row>) {
  const { id, row, rowId, index, start, selected, marked, markLabel, columns, places, tracks, acts } = props;
  return useMemo(() => {
    const marking = marked !== undefined;
    return (
      <div
        id={id}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selected}
        data-marked={marked === true ? true : undefined}
        className={classes.row}
        style={{ ...tracks, transform: `translateY(${start}px)` }}
        // With Shift a click chooses rows, not text.
        onMouseDown={marking ? (event) => event.shiftKey && event.preventDefault() : undefined}
        onClickCapture={(event) => {
          const how = pressOf(event);
          if (!marking || how === 'plain') return;
          // A link in the row is not opened in another window then.
          event.preventDefault();
          event.stopPropagation();
          acts.press(rowId, how);
        }}
        onClick={() => acts.press(rowId, 'plain')}
        onDoubleClick={() => acts.open(rowId)}
        onContextMenu={acts.menu === undefined ? undefined : (event) => acts.menu?.(rowId, event)}
      >
        {marking && (
          <div
            role="gridcell"
            aria-colindex={1}
            className={classes.mark}
            onClick={(event) => {
              event.stopPropagation();
              acts.press(rowId, 'box');
            }}
            onDoubleClick={(event) => event.stopPropagation()}
          >
            <input type="checkbox" tabIndex={-1} checked={marked} readOnly aria-label={markLabel?.(row)} />
          </div>
        )}
        {columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={places.get(column.id)}
            data-column={column.id}
            className={`${classes.cell} ${column.align === 'right' ? classes.right : ''}`}
          >
            {column.cell(row)}
          </div>
        ))}
      </div>
    );
  }, [id, row, rowId, index, start, selected, marked, markLabel, columns, places, tracks, acts]);
}
