import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3, IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import { strings } from '../strings/table.ts';
import classes from './ColumnsMenu.module.css';
import {
  isPlain,
  isShown,
  type LaidColumn,
  movedColumn,
  orderedColumns,
  plainLayout,
  shownColumn,
  type TableLayout,
} from './tableLayout.ts';

interface ColumnsMenuProps {
  readonly columns: readonly (LaidColumn & { readonly header: string })[];
  readonly layout: TableLayout;
  readonly onLayout: (layout: TableLayout) => void;
}

/** Which columns a table has, and in which order. */
export function ColumnsMenu({ columns, layout, onLayout }: ColumnsMenuProps) {
  const [opened, setOpened] = useState(false);
  const ordered = orderedColumns(columns, layout);
  const move = (id: string, step: number) => {
    const next = ordered[ordered.findIndex((column) => column.id === id) + step];
    if (next !== undefined) onLayout(movedColumn(columns, layout, id, next.id));
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          leftSection={<IconColumns3 size={14} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {strings.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={strings.columnsTitle}>
        <ul className={classes.list} aria-label={strings.columnList}>
          {ordered.map((column, index) => (
            <li key={column.id} className={classes.column}>
              <Checkbox
                className={classes.name ?? ''}
                label={column.header}
                checked={isShown(column, layout)}
                disabled={column.always === true}
                {...(column.always === true ? { title: strings.alwaysShown } : {})}
                onChange={(event) => onLayout(shownColumn(layout, column.id, event.currentTarget.checked))}
              />
              <ActionIcon
                aria-label={strings.moveUp(column.header)}
                title={strings.moveUp(column.header)}
                {...(index === 0 ? { 'aria-disabled': true, 'data-disabled': true } : {})}
                onClick={() => move(column.id, -1)}
              >
                <IconChevronUp size={14} aria-hidden />
              </ActionIcon>
              <ActionIcon
                aria-label={strings.moveDown(column.header)}
                title={strings.moveDown(column.header)}
                {...(index === ordered.length - 1 ? { 'aria-disabled': true, 'data-disabled': true } : {})}
                onClick={() => move(column.id, 1)}
              >
                <IconChevronDown size={14} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <div className={classes.foot}>
          <Button
            size="compact-xs"
            leftSection={<IconRestore size={14} aria-hidden />}
            disabled={isPlain(layout)}
            onClick={() => onLayout(plainLayout)}
          >
            {strings.reset}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
