import { IconPlayerPlay, IconPlayerStop, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import { strings } from '../../strings/device.ts';
import { GatedIcon } from '../../ui/GatedButton.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { TableColumn } from '../../ui/VirtualTable.tsx';
import { whyNotVerb } from './containerGate.ts';
import { type ContainerRow, meaningOfContainer } from './containerRows.ts';
import classes from './DeviceTabs.module.css';
import type { ContainerAction, ContainerVerb } from './useContainerAction.ts';

const verbs: readonly { readonly verb: ContainerVerb; readonly icon: TablerIcon }[] = [
  { verb: 'start', icon: IconPlayerPlay },
  { verb: 'stop', icon: IconPlayerStop },
  { verb: 'restart', icon: IconRefresh },
];

/** The columns of the containers' table. */
export function containerColumns(action: ContainerAction): readonly TableColumn<ContainerRow>[] {
  return [
    {
      id: 'name',
      header: strings.name,
      width: 120,
      grow: 2,
      sortBy: ({ report }) => report.name,
      cell: ({ report }) => <strong>{report.name}</strong>,
    },
    {
      id: 'status',
      header: strings.status,
      width: 184,
      grow: 1,
      sortBy: ({ report }) => report.status,
      cell: ({ report }) => (
        <>
          <MeaningBadge meaning={meaningOfContainer(report.status)} plain>
            {report.status}
          </MeaningBadge>
          {report.userStopped === true && <span className={classes.from}>{strings.stoppedByPerson}</span>}
        </>
      ),
    },
    {
      id: 'goal',
      header: strings.goal,
      width: 80,
      yields: 2,
      sortBy: ({ report }) => report.statusGoal,
      cell: ({ report }) => <span className={classes.dim}>{report.statusGoal}</span>,
    },
    {
      id: 'group',
      header: strings.group,
      width: 80,
      yields: 3,
      grow: 1,
      sortBy: ({ report }) => report.group,
      cell: ({ report }) => report.group,
    },
    {
      id: 'policy',
      header: strings.policy,
      width: 168,
      grow: 1,
      sortBy: ({ policy }) => policy,
      cell: ({ policy, policyFrom }) => (
        <>
          {policy}
          <span className={classes.from}>{policyFrom}</span>
        </>
      ),
    },
    {
      id: 'retries',
      header: strings.retries,
      width: 64,
      yields: 1,
      align: 'right',
      sortBy: ({ report }) => report.autoRecovery?.currentRetries,
      cell: ({ report: { autoRecovery } }) =>
        autoRecovery?.maxRetries !== undefined && strings.retriesOf(autoRecovery.currentRetries ?? 0, autoRecovery.maxRetries),
    },
    {
      id: 'actions',
      header: strings.actions,
      width: 80,
      cell: (row) => (
        <span className={classes.verbs}>
          {verbs.map(({ verb, icon: Icon }) => (
            <GatedIcon
              key={verb}
              label={strings[verb](row.report.name)}
              reason={whyNotVerb(row, verb)}
              loading={action.pending === `${row.report.name} ${verb}`}
              onClick={() => action.run(row.report.name, verb)}
            >
              <Icon size={14} aria-hidden />
            </GatedIcon>
          ))}
        </span>
      ),
    },
  ];
}
