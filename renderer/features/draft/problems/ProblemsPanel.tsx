import type { ProblemFix } from '../../../../shared/forecast/preflight-types.ts';
import { strings } from '../../../strings/preflight.ts';
import { CountMarks } from '../../preflight/CountMarks.tsx';
import { FindingList } from '../../preflight/FindingList.tsx';
import classes from '../draft.module.css';
import type { DraftProblem } from './draftProblems.ts';

interface ProblemsPanelProps {
  readonly problems: readonly DraftProblem[];
  readonly onGo: (problem: DraftProblem) => void;
  readonly onFix: (fix: ProblemFix) => void;
}

/** What the device would say to the draft as it stands: always current while somebody types. */
export function ProblemsPanel({ problems, onGo, onFix }: ProblemsPanelProps) {
  return (
    <section className={classes.problems} aria-labelledby="draft-problems">
      <h2 id="draft-problems" className={classes.panelTitle}>
        {strings.title} <CountMarks findings={problems} />
      </h2>
      {problems.length === 0 ? (
        <p className={classes.note}>{strings.none}</p>
      ) : (
        <div className={classes.problemList}>
          <FindingList findings={problems} onGo={onGo} onFix={onFix} />
        </div>
      )}
    </section>
  );
}
