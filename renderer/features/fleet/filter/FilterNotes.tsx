import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { strings } from '../../../strings/fleetFilter.ts';
import classes from './FilterNotes.module.css';
import type { FilterError } from './parseFilter.ts';

interface FilterNotesProps {
  readonly id: string;
  readonly errors: readonly FilterError[];
  /** Devices that a comparison of revisions says nothing of. */
  readonly unordered: number;
}

/** What is wrong with a filter, or has to be known of it, under its box. */
export function FilterNotes({ id, errors, unordered }: FilterNotesProps) {
  const texts = [...new Set(errors.map(strings.errorText))];
  return (
    <div id={id} role="status" className={classes.notes}>
      {texts.length > 0 && (
        <p className={classes.note}>
          <IconAlertTriangle className={classes.wrong} size={14} aria-hidden />
          <span>
            {texts.join(' ')} <span className={classes.dim}>{strings.rest}</span>
          </span>
        </p>
      )}
      {unordered > 0 && (
        <p className={classes.note}>
          <IconInfoCircle size={14} aria-hidden />
          <span className={classes.dim}>{strings.unordered(unordered)}</span>
        </p>
      )}
    </div>
  );
}
