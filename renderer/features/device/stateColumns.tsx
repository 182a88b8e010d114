import { strings } from '../../strings/device.ts';
import type { TableColumn } from '../../ui/VirtualTable.tsx';
import classes from './DeviceTabs.module.css';
import type { StateRow } from './stateRows.ts';

const longestPreview = 200;

/** The columns of the state's entries, in their own order: a part is named once, at its first entry. */
export const stateColumns: readonly TableColumn<StateRow>[] = [
  {
    id: 'part',
    header: strings.part,
    width: 112,
    yields: 1,
    cell: ({ part, firstOfPart }) => firstOfPart && <span className={classes.part}>{part}</span>,
  },
  {
    id: 'key',
    header: strings.key,
    width: 240,
    grow: 2,
    cell: ({ entry }) => (
      <span className={classes.key} title={entry.key}>
        {entry.key}
      </span>
    ),
  },
  {
    id: 'value',
    header: strings.value,
    width: 200,
    yields: 2,
    grow: 3,
    cell: ({ entry }) => (
      <span className={classes.value}>
        {entry.kind === 'object' ? `${strings.object} ${entry.sha.slice(0, 8)}` : entry.raw.slice(0, longestPreview)}
      </span>
    ),
  },
];
