import { useEffect, useRef } from 'react';
import { problemOf } from '../../rpc.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './hub.module.css';

/** What failed, brought into sight: in a small window a dialog is longer than the room it has. */
export function DialogProblem({ error }: { error: unknown }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error !== null) box.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (error === null) return null;
  return (
    <div ref={box} className={classes.problem}>
      <ProblemPanel problem={problemOf(error)} />
    </div>
  );
}
