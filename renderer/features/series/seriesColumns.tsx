import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { SeriesItem } from '../../../shared/contract/series.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/series.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import type { TableColumn } from '../../ui/VirtualTable.tsx';
import classes from './series.module.css';
import { shortForecast } from './shortForecast.ts';
import { nextActOf } from './useSeriesActs.ts';

export const stateMeaning: { readonly [State in SeriesItem['state']]: Meaning } = {
  preparing: 'moving',
  unchanged: 'none',
  conflict: 'warning',
  problem: 'error',
  ready: 'ok',
  'left-out': 'none',
  posting: 'moving',
  done: 'stable',
  failed: 'error',
};

/** In the order of what needs a person first. */
const rank: { readonly [State in SeriesItem['state']]: number } = {
  conflict: 0,
  problem: 1,
  failed: 2,
  posting: 3,
  preparing: 4,
  ready: 5,
  done: 6,
  unchanged: 7,
  'left-out': 8,
};

export interface RowActs {
  readonly choose: (item: SeriesItem) => void;
  readonly prepare: (item: SeriesItem) => void;
  readonly leaveOut: (item: SeriesItem, out: boolean) => void;
}

export function StateBadge({ item }: { item: SeriesItem }) {
  const { state, problem } = item;
  return (
    <MeaningBadge meaning={stateMeaning[state]} title={problem?.what ?? strings.stateTitles[state]} plain>
      {strings.states[state]}
    </MeaningBadge>
  );
}

export function seriesColumns(acts: RowActs): readonly TableColumn<SeriesItem>[] {
  return [
    {
      id: 'device',
      header: strings.columns.device,
      width: 140,
      grow: 3,
      sortBy: ({ deviceName }) => deviceName,
      cell: ({ deviceId, deviceName }) => (
        <Link href={paths.device(deviceId)} className={classes.name} title={deviceName}>
          {deviceName}
        </Link>
      ),
    },
    {
      id: 'state',
      header: strings.columns.state,
      width: 132,
      sortBy: ({ state }) => rank[state],
      cell: (item) => <StateBadge item={item} />,
    },
    {
      id: 'base',
      header: strings.columns.base,
      width: 110,
      grow: 1,
      yields: 2,
      sortBy: ({ base }) => base,
      cell: ({ base }) => (
        <code className={classes.revision} title={base}>
          {base}
        </code>
      ),
    },
    {
      id: 'changes',
      header: strings.columns.changes,
      width: 150,
      grow: 2,
      yields: 1,
      sortBy: ({ keys }) => keys.length,
      cell: (item) => <Changes item={item} />,
    },
    {
      id: 'forecast',
      header: strings.columns.forecast,
      width: 132,
      grow: 2,
      sortBy: ({ forecast }) => (forecast === undefined ? undefined : shortForecast(forecast).text),
      cell: ({ forecast, state }) => (state === 'unchanged' || forecast === undefined ? null : <Short forecast={forecast} />),
    },
    {
      id: 'next',
      header: strings.columns.action,
      width: 128,
      cell: (item) => <NextAct item={item} acts={acts} />,
    },
  ];
}

function Short({ forecast }: { forecast: NonNullable<SeriesItem['forecast']> }) {
  const { meaning, text } = shortForecast(forecast);
  return (
    <MeaningBadge meaning={meaning} title={text} plain>
      {text}
    </MeaningBadge>
  );
}

/** What its draft changes, with the way to it while it is there; what does not apply is said. */
function Changes({ item }: { item: SeriesItem }) {
  const { deviceId, draftId, keys, absent, state } = item;
  const missing = absent.length === 0 ? null : <span className={classes.dim}>{strings.absent(absent)}</span>;
  if (keys.length === 0) return missing;
  const text = strings.entries(keys.length);
  const isThere = draftId !== undefined && (state === 'ready' || state === 'left-out');
  return (
    <span className={classes.changes} title={keys.join('\n')}>
      {isThere ? <Link href={paths.draft(deviceId, draftId)}>{text}</Link> : text} {missing}
    </span>
  );
}

function NextAct({ item, acts }: { item: SeriesItem; acts: RowActs }) {
  const next = nextActOf(item);
  const button = (text: string, run: () => void) => (
    <Button
      size="compact-xs"
      aria-label={`${text} ${item.deviceName}`}
      onClick={(event) => {
        event.stopPropagation();
        run();
      }}
    >
      {text}
    </Button>
  );
  switch (next) {
    case 'choose':
      return button(strings.choose, () => acts.choose(item));
    case 'prepare':
      return button(strings.prepare, () => acts.prepare(item));
    case 'leave-out':
      return button(strings.leaveOut, () => acts.leaveOut(item, true));
    case 'take-in':
      return button(strings.takeIn, () => acts.leaveOut(item, false));
    case 'watch':
      return item.updateId === undefined ? null : (
        <Link href={paths.update(item.deviceId, item.updateId)} className={classes.link}>
          {strings.watch}
        </Link>
      );
    case undefined:
      return null;
  }
}
