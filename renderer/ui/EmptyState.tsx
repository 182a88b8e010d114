import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';
import { TrailDrawing } from './TrailDrawing.tsx';

/** Nothing here yet: one drawing, one sentence, one or two buttons. */
export function EmptyState({ sentence, children }: { sentence: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <TrailDrawing className={classes.drawing ?? ''} />
      <p className={classes.sentence}>{sentence}</p>
      {children !== undefined && <div className={classes.buttons}>{children}</div>}
    </div>
  );
}
