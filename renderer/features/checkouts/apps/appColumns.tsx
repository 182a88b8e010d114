import type { AppView } from '../../../../shared/contract/checkout.ts';
import { appStrings as strings } from '../../../strings/checkoutTabs.ts';
import { MeaningBadge } from '../../../ui/MeaningBadge.tsx';
import type { TableColumn } from '../../../ui/VirtualTable.tsx';
import classes from './apps.module.css';

export const appColumns: readonly TableColumn<AppView>[] = [
  {
    id: 'name',
    header: strings.columns.name,
    width: 120,
    grow: 1,
    sortBy: ({ name }) => name.toLowerCase(),
    cell: ({ name }) => <span className={classes.name}>{name}</span>,
  },
  {
    id: 'image',
    header: strings.columns.image,
    width: 160,
    grow: 2,
    yields: 4,
    sortBy: ({ image }) => image,
    cell: ({ image }) => (
      <code className={classes.cut} title={image}>
        {image}
      </code>
    ),
  },
  {
    id: 'policy',
    header: strings.columns.policy,
    width: 120,
    sortBy: ({ restartPolicy }) => restartPolicy ?? '',
    cell: ({ restartPolicy }) =>
      restartPolicy === undefined ? (
        <span className={classes.dim}>{strings.inherited}</span>
      ) : (
        <MeaningBadge meaning={restartPolicy === 'system' ? 'reboot' : 'restart'} plain>
          {restartPolicy}
        </MeaningBadge>
      ),
  },
  {
    id: 'group',
    header: strings.columns.group,
    width: 100,
    yields: 5,
    sortBy: ({ group, effectiveGroup }) => group ?? effectiveGroup ?? '',
    cell: ({ group, effectiveGroup }) => group ?? <span className={classes.dim}>{effectiveGroup}</span>,
  },
  {
    id: 'goal',
    header: strings.columns.goal,
    width: 100,
    yields: 3,
    sortBy: ({ statusGoal }) => statusGoal ?? '',
    cell: ({ statusGoal }) => statusGoal,
  },
  { id: 'roles', header: strings.columns.roles, width: 100, yields: 1, cell: ({ roles }) => roles?.join(', ') },
  {
    id: 'drift',
    header: strings.columns.drift,
    width: 150,
    sortBy: ({ drift }) => drift.length,
    cell: ({ drift, problem }) =>
      problem !== undefined ? (
        <span className={classes.dim} title={problem}>
          {problem}
        </span>
      ) : drift.length === 0 ? (
        <span className={classes.dim}>{strings.driftNone}</span>
      ) : (
        <MeaningBadge meaning="warning" title={strings.driftText(drift)}>
          {strings.drift(drift)}
        </MeaningBadge>
      ),
  },
  {
    id: 'signed',
    header: strings.columns.signed,
    width: 120,
    yields: 2,
    sortBy: ({ signedBy }) => signedBy.join(' '),
    cell: ({ signedBy }) =>
      signedBy.length === 0 ? <span className={classes.dim}>{strings.unsigned}</span> : signedBy.join(', '),
  },
];
