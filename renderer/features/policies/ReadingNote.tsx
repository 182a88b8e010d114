import { IconAlertTriangle, IconLoader2 } from '@tabler/icons-react';
import type { StatesProgress } from '../../../shared/contract/states.ts';
import { strings } from '../../strings/policies.ts';
import classes from './policies.module.css';

const mostNames = 20;

/** How many devices are still being read, and which can't be. */
export function ReadingNote({ progress, names }: { progress: StatesProgress; names: ReadonlyMap<string, string> }) {
  const { read, of, unreadable } = progress;
  const left = of - read - unreadable.length;
  if (left > 0) {
    return (
      <span className={classes.note} role="status">
        <IconLoader2 size={14} aria-hidden /> {strings.reading(read, of)}
      </span>
    );
  }
  if (unreadable.length === 0) return null;
  const named = unreadable.slice(0, mostNames).map((id) => names.get(id) ?? id);
  const more = unreadable.length > mostNames ? ['…'] : [];
  return (
    <span className={classes.note} role="status" title={[strings.unreadableTitle, ...named, ...more].join('\n')}>
      <IconAlertTriangle size={14} aria-hidden /> {strings.unreadable(unreadable.length)}
    </span>
  );
}
