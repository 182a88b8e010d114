import { IconCircleX, IconKey } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { KnownProblem } from '../../shared/contract/errors.ts';
import { strings } from '../strings/ui.ts';
import { CopyButton } from './CopyButton.tsx';
import classes from './ProblemPanel.module.css';

interface ProblemPanelProps {
  readonly problem: KnownProblem;
  /** Buttons, where there is something to do right here. */
  readonly children?: ReactNode;
}

/** The text of a problem that "copy" takes: everything, so that a report is complete. */
export function problemText(problem: KnownProblem): string {
  return [`${problem.what} (${problem.code})`, problem.unchanged, problem.next, problem.raw]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}

/** What failed, what was left as it was, what to do next; the raw reply is behind a disclosure. */
export function ProblemPanel({ problem, children }: ProblemPanelProps) {
  // First contact and a locked key are questions, not failures.
  const question = problem.code === 'HOST_KEY_UNKNOWN' || problem.code === 'PASSPHRASE_NEEDED';
  const Icon = question ? IconKey : IconCircleX;
  return (
    <div className={`${classes.panel} ${question ? classes.question : ''}`} role={question ? 'status' : 'alert'}>
      <Icon className={classes.icon} size={18} aria-hidden />
      <div className={classes.body}>
        <p className={classes.what}>{problem.what}</p>
        {problem.unchanged !== '' && <p>{problem.unchanged}</p>}
        {problem.next !== '' && <p>{problem.next}</p>}
        {problem.hostKey !== undefined && !problem.what.includes(problem.hostKey.fingerprint) && (
          <dl className={classes.keys}>
            <dt>{strings.address}</dt>
            <dd>
              {problem.hostKey.host}:{problem.hostKey.port}
            </dd>
            {problem.hostKey.pinned !== undefined && (
              <>
                <dt>{strings.acceptedBefore}</dt>
                <dd>{problem.hostKey.pinned}</dd>
              </>
            )}
            <dt>{problem.hostKey.pinned === undefined ? strings.hostKey : strings.shownNow}</dt>
            <dd>
              {problem.hostKey.fingerprint} ({problem.hostKey.algorithm})
            </dd>
          </dl>
        )}
        {problem.raw !== undefined && problem.raw !== '' && (
          <details>
            <summary className={classes.summary}>{strings.details}</summary>
            <pre className={classes.raw}>{problem.raw}</pre>
          </details>
        )}
        {children !== undefined && <div className={classes.actions}>{children}</div>}
      </div>
      <CopyButton text={problemText(problem)} label={strings.copyProblem} />
    </div>
  );
}
