import { Button, Loader, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { workStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { farOf, shareOf } from './share.ts';
import type { OwnWork } from './useOwnWork.ts';
import classes from './work.module.css';

interface WorkPanelProps {
  readonly own: OwnWork;
  /** Ways out of a problem. */
  readonly offers?: ReactNode;
  /** Where it is shown can be closed while the work goes on. */
  readonly closable?: boolean;
}

/** How far work is, with a button to cancel it; what went wrong afterwards. Nothing where none was started, or it ended well. */
export function WorkPanel({ own, offers, closable = false }: WorkPanelProps) {
  const { work } = own;
  if (work === undefined || work.state === 'done') return null;
  if (work.problem !== undefined) return <ProblemPanel problem={work.problem}>{offers}</ProblemPanel>;
  if (work.state === 'cancelled') {
    return (
      <p className={classes.dim} role="status">
        {strings.cancelled}
      </p>
    );
  }
  const share = shareOf(work.progress);
  const far = farOf(work.progress);
  return (
    <div className={classes.panel}>
      <div className={classes.line}>
        <Loader size={14} color="gray" aria-hidden />
        <span className={classes.text} role="status">
          {work.progress?.text ?? work.title}
        </span>
        {far !== '' && <span className={classes.far}>{far}</span>}
        <Button size="compact-xs" onClick={own.cancel}>
          {strings.cancel}
        </Button>
      </div>
      {share !== undefined && <Progress size={4} color="gray" value={100 * share} aria-label={work.title} />}
      {closable && <p className={classes.dim}>{strings.goesOn}</p>}
    </div>
  );
}
