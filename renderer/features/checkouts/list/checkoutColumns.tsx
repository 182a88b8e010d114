import { Link } from 'wouter';
import type { CheckoutSummary } from '../../../../shared/contract/checkout.ts';
import { paths } from '../../../routes/paths.ts';
import { strings } from '../../../strings/checkouts.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import type { TableColumn } from '../../../ui/VirtualTable.tsx';
import { ConditionMark } from '../ConditionMark.tsx';
import classes from '../checkouts.module.css';

export const checkoutColumns: readonly TableColumn<CheckoutSummary>[] = [
  {
    id: 'name',
    header: strings.columns.name,
    width: 160,
    grow: 1,
    sortBy: ({ name }) => name.toLowerCase(),
    cell: ({ id, name }) => (
      <Link href={paths.checkout(id)} className={classes.nameCell} tabIndex={-1}>
        {name}
      </Link>
    ),
  },
  {
    id: 'condition',
    header: strings.columns.condition,
    width: 180,
    sortBy: ({ condition, changes }) => `${condition} ${String(changes).padStart(8, '0')}`,
    cell: (row) => <ConditionMark of={row} />,
  },
  {
    id: 'path',
    header: strings.columns.path,
    width: 200,
    grow: 3,
    sortBy: ({ path }) => path,
    cell: ({ path }) => (
      <span className={classes.path} title={path}>
        {path}
      </span>
    ),
  },
  {
    id: 'opened',
    header: strings.columns.opened,
    width: 120,
    sortBy: ({ openedAt }) => openedAt,
    cell: ({ openedAt }) => <RelativeTime at={openedAt} />,
  },
];
