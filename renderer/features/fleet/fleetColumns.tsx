import { Link } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/fleet.ts';
import { ConditionBadge } from '../../ui/ConditionBadge.tsx';
import { subject } from '../../ui/commitMessage.ts';
import { conditionRank } from '../../ui/conditionWords.ts';
import { sourceOf } from '../../ui/deviceSource.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { SourceMark } from '../../ui/SourceMark.tsx';
import type { TableColumn } from '../../ui/tableColumn.ts';
import { WayMarks } from '../../ui/WayMarks.tsx';
import classes from './FleetScreen.module.css';
import { labelTexts } from './filter/deviceWords.ts';
import { LabelChips } from './LabelChips.tsx';

/** The columns of the fleet's table. What a device did not tell is left empty. */
export const fleetColumns: readonly TableColumn<DeviceSummary>[] = [
  {
    id: 'name',
    header: strings.name,
    width: 160,
    grow: 2,
    always: true,
    sortBy: (device) => device.name,
    cell: (device) => (
      <Link href={paths.device(device.id)} className={classes.name} tabIndex={-1}>
        {device.name}
      </Link>
    ),
  },
  {
    id: 'condition',
    header: strings.condition,
    width: 144,
    sortBy: (device) => conditionRank(device.condition),
    cell: (device) => <ConditionBadge condition={device.condition} />,
  },
  {
    id: 'running',
    header: strings.running,
    width: 220,
    grow: 3,
    sortBy: (device) => device.running?.revision,
    cell: (device) =>
      device.running !== undefined && (
        <>
          <span className={classes.revision}>{device.running.revision}</span>
          <span className={classes.message} title={device.running.message}>
            {subject(device.running.message ?? '')}
          </span>
        </>
      ),
  },
  {
    id: 'checkpoint',
    header: strings.checkpoint,
    width: 104,
    yields: 7,
    sortBy: (device) => (device.checkpoint === undefined ? undefined : Number(device.checkpoint)),
    cell: (device) =>
      device.checkpoint !== undefined && (
        <MeaningBadge meaning={device.checkpoint ? 'checkpoint' : 'none'} plain>
          {device.checkpoint ? strings.yes : strings.no}
        </MeaningBadge>
      ),
  },
  {
    id: 'update',
    header: strings.update,
    width: 120,
    yields: 3,
    sortBy: (device) => device.update?.stage,
    cell: ({ id, update }) =>
      update !== undefined && (
        <Link
          href={paths.update(id, update.id)}
          className={classes.update}
          tabIndex={-1}
          title={strings.updateTo(update.revision, update.stage)}
        >
          <MeaningBadge meaning="moving" plain>
            {update.stage.toLowerCase()}
          </MeaningBadge>
        </Link>
      ),
  },
  {
    id: 'source',
    header: strings.source,
    width: 148,
    grow: 2,
    yields: 6,
    sortBy: (device) => `${sourceOf(device)} ${device.hub?.account ?? device.connection?.host ?? ''}`,
    cell: (device) => <SourceMark device={device} />,
  },
  {
    id: 'labels',
    header: strings.labels,
    width: 148,
    grow: 1,
    yields: 5,
    sortBy: labelsLine,
    cell: (device) => <LabelChips labels={device.labels} oneLine />,
  },
  {
    id: 'containers',
    header: strings.containers,
    width: 80,
    yields: 4,
    align: 'right',
    sortBy: (device) => device.containers?.total,
    cell: ({ containers }) =>
      containers !== undefined && (
        <span
          className={containers.ready < containers.total ? classes.notReady : undefined}
          title={strings.containersOf(containers)}
        >
          {`${containers.ready}/${containers.total}`}
        </span>
      ),
  },
  {
    id: 'board',
    header: strings.board,
    width: 140,
    yields: 2,
    grow: 2,
    sortBy: (device) => device.board,
    cell: (device) => <span title={device.board}>{device.board}</span>,
  },
  {
    id: 'ways',
    header: strings.ways,
    width: 132,
    yields: 1,
    sortBy: ({ ways }) => Object.values(ways).filter(({ kind }) => kind === 'open').length,
    cell: (device) => <WayMarks ways={device.ways} />,
  },
  {
    id: 'heard',
    header: strings.heard,
    width: 64,
    yields: 8,
    align: 'right',
    sortBy: (device) => device.heardAt,
    cell: (device) => device.heardAt !== undefined && <RelativeTime at={device.heardAt} bare />,
  },
  {
    id: 'address',
    header: strings.address,
    width: 130,
    optional: true,
    sortBy: (device) => device.connection?.host,
    cell: (device) => <span className={classes.mono}>{device.connection?.host}</span>,
  },
  textColumn('account', strings.hubAccount, 180, (device) => device.hub?.account),
  textColumn('version', strings.version, 110, (device) => device.version),
  textColumn('mode', strings.mode, 80, (device) => device.mode),
  textColumn('arch', strings.arch, 100, (device) => device.arch),
  {
    id: 'failure',
    header: strings.lastFailure,
    width: 220,
    optional: true,
    sortBy: (device) => device.lastFailure?.status,
    cell: ({ lastFailure }) =>
      lastFailure !== undefined && (
        <span title={lastFailure.message}>
          {lastFailure.status} <span className={classes.revision}>{lastFailure.revision}</span>{' '}
          <span className={classes.dim}>{lastFailure.message}</span>
        </span>
      ),
  },
];

/** A column of a text that a person has to ask for. */
function textColumn(
  id: string,
  header: string,
  width: number,
  text: (device: DeviceSummary) => string | undefined,
): TableColumn<DeviceSummary> {
  return {
    id,
    header,
    width,
    optional: true,
    sortBy: text,
    cell: (device) => <span title={text(device)}>{text(device)}</span>,
  };
}

/** Devices without labels come last. */
function labelsLine(device: DeviceSummary): string | undefined {
  const texts = labelTexts(device);
  return texts.length === 0 ? undefined : texts.join(' ');
}
