import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconFolderX,
  IconLoader2,
  IconPencil,
  type TablerIcon,
} from '@tabler/icons-react';
import type { CheckoutSummary } from '../../../shared/contract/checkout.ts';
import { strings } from '../../strings/checkouts.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import type { Tone } from '../../ui/meaning.ts';
import classes from './checkouts.module.css';

const looks: { readonly [Condition in CheckoutSummary['condition']]: { readonly icon: TablerIcon; readonly tone: Tone } } = {
  reading: { icon: IconLoader2, tone: 'none' },
  clean: { icon: IconCircleCheck, tone: 'none' },
  changed: { icon: IconPencil, tone: 'testing' },
  damaged: { icon: IconAlertTriangle, tone: 'reboot' },
  unreadable: { icon: IconCircleX, tone: 'refused' },
  gone: { icon: IconFolderX, tone: 'silent' },
};

/** How a checkout is: an icon and a word, with the number of changes where there are some. */
export function ConditionMark({ of }: { of: Pick<CheckoutSummary, 'condition' | 'changes'> }) {
  const { icon: Icon, tone } = looks[of.condition];
  const word = of.condition === 'changed' ? strings.changes(of.changes) : strings.conditions[of.condition];
  const more = of.condition === 'damaged' && of.changes > 0 ? ` · ${strings.changes(of.changes)}` : '';
  return (
    <span className={`${classes.condition} ${toneClass(tone)}`} data-condition={of.condition}>
      <Icon size={14} stroke={1.75} aria-hidden />
      <span>
        {word}
        {more}
      </span>
    </span>
  );
}
