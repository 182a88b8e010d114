import { IconMinus, IconPencil, IconPlus, IconSpaces, type TablerIcon } from '@tabler/icons-react';
import type { ChangeKind } from '../../../shared/compare/compare.ts';
import { strings } from '../../strings/compare.ts';
import classes from './compare.module.css';

export const kindIcons: { readonly [Kind in ChangeKind]: TablerIcon } = {
  added: IconPlus,
  removed: IconMinus,
  changed: IconPencil,
  'formatting-only': IconSpaces,
};

/** How an entry differs: a small sign, and the word for those who do not see it or ask for it. */
export function KindMark({ kind, word = false }: { kind: ChangeKind; word?: boolean }) {
  const Icon = kindIcons[kind];
  return (
    <span className={classes.kind} title={strings.kinds[kind]}>
      <Icon size={14} stroke={1.75} aria-hidden />
      <span className={word ? undefined : classes.srOnly}>{strings.kinds[kind]}</span>
    </span>
  );
}
