import { Link } from 'wouter';
import type { FidelityEntry, FidelityResult } from '../../../shared/contract/fidelity.ts';
import { paths } from '../../routes/paths.ts';
import { statementName, strings } from '../../strings/fidelity.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import type { TableColumn } from '../../ui/VirtualTable.tsx';
import { shortForecast } from '../series/shortForecast.ts';
import classes from './fidelity.module.css';
import { missesOf, results } from './filtered.ts';

export const resultMeaning: { readonly [R in FidelityResult]: Meaning } = { right: 'ok', wrong: 'error', unobserved: 'none' };

export const fidelityColumns: readonly TableColumn<FidelityEntry>[] = [
  {
    id: 'result',
    header: strings.columns.result,
    width: 116,
    sortBy: ({ result }) => results.indexOf(result),
    cell: ({ result }) => (
      <MeaningBadge meaning={resultMeaning[result]} plain>
        {strings.results[result]}
      </MeaningBadge>
    ),
  },
  {
    id: 'device',
    header: strings.columns.device,
    width: 120,
    grow: 2,
    sortBy: ({ deviceName }) => deviceName,
    cell: ({ deviceId, deviceName }) => (
      <Link href={paths.device(deviceId)} className={classes.cellLink} title={deviceName}>
        {deviceName}
      </Link>
    ),
  },
  {
    id: 'revision',
    header: strings.columns.revision,
    width: 110,
    grow: 2,
    sortBy: ({ revision }) => revision,
    cell: ({ revision }) => (
      <code className={classes.cellCode} title={revision}>
        {revision}
      </code>
    ),
  },
  {
    id: 'forecast',
    header: strings.columns.forecast,
    width: 130,
    grow: 2,
    yields: 2,
    cell: ({ forecast }) => {
      const { meaning, text } = shortForecast(forecast);
      return (
        <MeaningBadge meaning={meaning} title={text} plain>
          {text}
        </MeaningBadge>
      );
    },
  },
  {
    id: 'what',
    header: strings.columns.what,
    width: 140,
    grow: 3,
    yields: 1,
    sortBy: (entry) => missesOf(entry).length,
    cell: (entry) => {
      const said = missesOf(entry).map(({ what }) => statementName(what));
      return <span title={said.join(', ')}>{said.length === 0 ? strings.nothingDiffers : said.join(', ')}</span>;
    },
  },
  {
    id: 'at',
    header: strings.columns.at,
    width: 110,
    sortBy: ({ endedAt }) => endedAt,
    cell: ({ endedAt }) => <RelativeTime at={endedAt} />,
  },
];
