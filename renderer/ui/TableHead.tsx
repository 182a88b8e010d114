// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual table are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: what is in the header has the focus
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { strings } from '../strings/table.ts';
import { nextSorting, type Sorting, type TableColumn } from './tableColumn.ts';
import type { ColumnHands } from './useColumnHands.ts';
import classes from './VirtualTable.module.css';

interface TableHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly places: ReadonlyMap<string, number>;
  readonly tracks: CSSProperties;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
  /** Undefined where the columns stay as they are. */
  readonly hands: ColumnHands | undefined;
  /** How many of the rows are marked, and what the box over them does; undefined where rows have none. */
  readonly marks: { readonly some: boolean; readonly all: boolean; readonly onToggle: () => void } | undefined;
}

/** The headers: a click sorts, a drag moves the column, its edge sizes it. */
export function TableHead<Row>({ columns, places, tracks, sorting, onSort, hands, marks }: TableHeadProps<Row>) {
  return (
    <div role="row" aria-rowindex={1} className={classes.head} style={tracks}>
      {marks !== undefined && (
        <div role="columnheader" aria-colindex={1} className={classes.mark}>
          <input
            type="checkbox"
            aria-label={strings.markAll}
            title={strings.markAll}
            checked={marks.all}
            ref={(box) => {
              if (box !== null) box.indeterminate = marks.some && !marks.all;
            }}
            onChange={marks.onToggle}
          />
        </div>
      )}
      {columns.map((column) => {
        const sorted = sorting?.id === column.id ? (sorting.desc ? 'descending' : 'ascending') : 'none';
        const { id, header } = column;
        return (
          <div
            key={id}
            role="columnheader"
            aria-colindex={places.get(id)}
            aria-sort={sorted}
            data-head={id}
            data-drop={hands?.dropAt(id)}
            className={`${classes.header} ${column.align === 'right' ? classes.right : ''}`}
            {...(hands === undefined ? {} : hands.drag(id))}
          >
            {column.sortBy !== undefined || hands !== undefined ? (
              <button
                type="button"
                className={classes.sort}
                data-column={id}
                aria-keyshortcuts={
                  hands === undefined ? undefined : 'Shift+ArrowLeft Shift+ArrowRight Alt+Shift+ArrowLeft Alt+Shift+ArrowRight'
                }
                title={hands === undefined ? undefined : strings.headerHelp(header, column.sortBy !== undefined)}
                onClick={() => column.sortBy !== undefined && onSort(nextSorting(sorting, id))}
                onKeyDown={hands === undefined ? undefined : (event: KeyboardEvent) => hands.onKeyDown(id, event)}
              >
                {header}
                {sorted === 'ascending' && <IconArrowUp size={12} aria-hidden />}
                {sorted === 'descending' && <IconArrowDown size={12} aria-hidden />}
              </button>
            ) : (
              <span data-column={id}>{header}</span>
            )}
            {hands !== undefined && <div className={classes.edge} aria-hidden {...hands.edge(id)} />}
          </div>
        );
      })}
    </div>
  );
}
