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
import type { TableColumn } from '../../ui/VirtualTable.tsx';
import { WayMarks } from '../../ui/WayMarks.tsx';
import { labelText } from './deviceFilter.ts';
import classes from './FleetScreen.module.css';
import { LabelChips } from './LabelChips.tsx';

/** The columns of the fleet's table. What a device did not tell is left empty. */
export const fleetColumns: readonly TableColumn<DeviceSummary>[] = [
  {
    id: 'name',
    header: strings.name,
    width: 160,
    grow: 2,
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
    id: 'source',
    header: strings.source,
    width: 148,
    grow: 2,
    yields: 5,
    sortBy: (device) => `${sourceOf(device)} ${device.hub?.account ?? device.connection?.host ?? ''}`,
    cell: (device) => <SourceMark device={device} />,
  },
  {
    id: 'labels',
    header: strings.labels,
    width: 148,
    grow: 1,
    yields: 4,
    sortBy: (device) => labelsLine(device.labels),
    cell: (device) => <LabelChips labels={device.labels} oneLine />,
  },
  {
    id: 'checkpoint',
    header: strings.checkpoint,
    width: 104,
    yields: 6,
    sortBy: (device) => (device.checkpoint === undefined ? undefined : Number(device.checkpoint)),
    cell: (device) =>
      device.checkpoint !== undefined && (
        <MeaningBadge meaning={device.checkpoint ? 'checkpoint' : 'none'} plain>
          {device.checkpoint ? strings.yes : strings.no}
        </MeaningBadge>
      ),
  },
  {
    id: 'containers',
    header: strings.containers,
    width: 80,
    yields: 3,
    align: 'right',
    sortBy: (device) => device.containers?.total,
    cell: (device) => device.containers !== undefined && `${device.containers.ready}/${device.containers.total}`,
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
  { id: 'ways', header: strings.ways, width: 132, yields: 1, cell: (device) => <WayMarks ways={device.ways} /> },
  {
    id: 'heard',
    header: strings.heard,
    width: 64,
    yields: 7,
    align: 'right',
    sortBy: (device) => device.heardAt,
    cell: (device) => device.heardAt !== undefined && <RelativeTime at={device.heardAt} bare />,
  },
];

/** Devices without labels come last. */
function labelsLine(labels: DeviceSummary['labels']): string | undefined {
  const entries = Object.entries(labels);
  if (entries.length === 0) return undefined;
  return entries
    .map(([name, value]) => labelText(name, value))
    .sort()
    .join(' ');
}
