import { notifications } from '@mantine/notifications';
import type { KnownProblem } from '../../shared/contract/errors.ts';
import { strings } from '../strings/ui.ts';
import { CopyButton } from './CopyButton.tsx';
import classes from './ProblemNotice.module.css';
import { problemText } from './ProblemPanel.tsx';

/** What failed, where the screen has no place of its own for it. It stays until the person closes it. */
export function showProblem(problem: KnownProblem): void {
  notifications.show({
    // The same failure twice is shown once.
    id: `problem ${problem.code} ${problem.what}`,
    title: problem.what,
    message: <ProblemNotice problem={problem} />,
    color: 'red',
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': strings.closeNotice(problem.what) },
  });
}

function ProblemNotice({ problem }: { problem: KnownProblem }) {
  return (
    <div className={classes.notice}>
      {problem.unchanged !== '' && <p>{problem.unchanged}</p>}
      {problem.next !== '' && <p>{problem.next}</p>}
      {problem.raw !== undefined && problem.raw !== '' && (
        <details>
          <summary className={classes.summary}>{strings.details}</summary>
          <div className={classes.details}>
            <pre className={classes.raw}>{problem.raw}</pre>
            <CopyButton text={problemText(problem)} label={strings.copyProblem} />
          </div>
        </details>
      )}
    </div>
  );
}
