import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { rebase } from '../../../../shared/state/rebase.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { strings } from '../../../strings/draft.ts';
import classes from '../draft.module.css';

interface MovedOnProps {
  readonly onto: string;
  /** The revision that the draft started from. */
  readonly from: string;
  readonly base: StateDocument;
  readonly next: StateDocument;
  /** The state of `onto`, where it is known here already. */
  readonly theirs: StateDocument | undefined;
  readonly onRebase: () => void;
}

/** Says that the device, or its hub, moved on since the draft was begun, what that changed, and offers to move the draft onto it. */
export function MovedOn({ onto, from, base, next, theirs, onRebase }: MovedOnProps) {
  const plan = useMemo(() => (theirs === undefined ? undefined : rebase(base, next, theirs)), [base, next, theirs]);
  const both = plan?.conflicts ?? [];
  const keys = [...both.map(({ key }) => key), ...(plan?.theirs ?? [])];
  return (
    <p className={classes.moved}>
      {strings.movedOn(onto, from)} {keys.length > 0 && strings.movedWhat(keys, both.length)}{' '}
      <Button size="compact-xs" onClick={onRebase}>
        {strings.rebase(onto)}
      </Button>
    </p>
  );
}
