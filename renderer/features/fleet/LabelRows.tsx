import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { hubDeviceStrings as strings } from '../../strings/fleet.ts';
import classes from './LabelsForm.module.css';
import { type LabelRow, longestLabelValue } from './labelsForm.ts';

interface LabelRowsProps {
  readonly rows: readonly LabelRow[];
  /** What is wrong with each name, by the row's key. */
  readonly errors: ReadonlyMap<number, string> | undefined;
  readonly onRows: (rows: readonly LabelRow[]) => void;
}

/** Labels as rows of name and value that are typed. */
export function LabelRows({ rows, errors, onRows }: LabelRowsProps) {
  const change = (key: number, part: Partial<LabelRow>) =>
    onRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <>
      <div className={classes.rows}>
        {rows.map((row, index) => (
          <div key={row.key} className={classes.row}>
            <TextInput
              aria-label={strings.labelName(index + 1)}
              placeholder={strings.labelNamePlaceholder}
              value={row.name}
              error={errors?.get(row.key)}
              autoComplete="off"
              spellCheck={false}
              {...(index === rows.length - 1 ? { 'data-autofocus': true } : {})}
              onChange={(event) => change(row.key, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={strings.labelValue(index + 1)}
              placeholder={strings.labelValuePlaceholder}
              value={row.value}
              maxLength={longestLabelValue}
              autoComplete="off"
              onChange={(event) => change(row.key, { value: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={strings.labelRemove(row.name)}
              onClick={() => onRows(rows.filter(({ key }) => key !== row.key))}
            >
              <IconTrash size={14} aria-hidden />
            </ActionIcon>
          </div>
        ))}
      </div>
      <Button
        mt="sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onRows([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, name: '', value: '' }])}
      >
        {strings.labelAdd}
      </Button>
    </>
  );
}
