import { Progress } from '@mantine/core';
import type { StatesProgress } from '../../../../shared/contract/states.ts';
import { strings } from '../../../strings/differences.ts';
import classes from './differences.module.css';

/** How many devices are still to be read. */
export function leftToRead({ read, of, unreadable }: StatesProgress): number {
  return Math.max(0, of - read - unreadable.length);
}

/** How many devices are read, and a bar while more are coming. */
export function ReadingProgress({ progress }: { progress: StatesProgress }) {
  const { read, of } = progress;
  const left = leftToRead(progress);
  const text = strings.progress(read, of);
  return (
    <div className={classes.progress} role="status">
      <span>{left === 0 ? text : `${text}, ${strings.reading(left)}`}</span>
      {left > 0 && (
        <Progress value={of === 0 ? 0 : ((of - left) / of) * 100} size="xs" aria-label={text} transitionDuration={0} />
      )}
    </div>
  );
}
