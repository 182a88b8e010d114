import { IconPower, IconRefresh } from '@tabler/icons-react';
import type { ContainerPolicy } from '../../../shared/contract/states.ts';
import { strings } from '../../strings/policies.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import classes from './policies.module.css';

/** The policy that holds, with the icon of what a change to the container does, and where the policy comes from. */
export function PolicyCell({ of }: { of: ContainerPolicy }) {
  const Icon = of.policy === 'system' ? IconPower : IconRefresh;
  return (
    <>
      <span className={`${classes.icon} ${toneClass(of.policy === 'system' ? 'reboot' : 'restart')}`}>
        <Icon size={14} stroke={1.75} aria-hidden />
      </span>
      <span className={of.origin === 'own' ? classes.ownPolicy : undefined}>{strings.policies[of.policy]}</span>
      <span className={classes.origin}>{originOf(of)}</span>
    </>
  );
}

function originOf({ origin, group }: ContainerPolicy): string {
  switch (origin) {
    case 'own':
      return strings.own;
    case 'group':
      return group ?? '';
    case 'default':
      return strings.defaults;
  }
}

/** The same in a sentence, for the pointer and for screen readers. */
export function cellTitle(of: ContainerPolicy): string {
  const from = of.origin === 'group' ? strings.originTitles.group(of.group ?? '') : strings.originTitles[of.origin];
  return strings.cellTitle(of.container, strings.policies[of.policy], from);
}
