import { IconAlertOctagonFilled, IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { ProblemFix } from '../../../../shared/state/problems.ts';
import { strings } from '../../../strings/draft.ts';
import { toneClass } from '../../../ui/MeaningBadge.tsx';
import classes from '../draft.module.css';
import type { DraftProblem } from './draftProblems.ts';

interface ProblemsPanelProps {
  readonly problems: readonly DraftProblem[];
  readonly onGo: (problem: DraftProblem) => void;
  readonly onFix: (fix: ProblemFix) => void;
}

/** So many are listed; with more of them the first ones are worth mending first. */
const shownProblems = 200;

const signs = {
  blocks: { icon: IconAlertOctagonFilled, tone: 'refused' },
  fails: { icon: IconCircleX, tone: 'refused' },
  warns: { icon: IconAlertTriangle, tone: 'reboot' },
} as const;

/** What is wrong with the draft: how much of it, and each with the way to its place and, where that is obvious, its mend. */
export function ProblemsPanel({ problems, onGo, onFix }: ProblemsPanelProps) {
  const count = (severity: DraftProblem['severity']) => problems.filter((problem) => problem.severity === severity).length;
  const counts = (['blocks', 'fails', 'warns'] as const).flatMap((severity) => {
    const many = count(severity);
    return many === 0 ? [] : [strings.problem.counts[severity](many)];
  });
  return (
    <section className={classes.problems} aria-labelledby="draft-problems">
      <h2 id="draft-problems" className={classes.panelTitle}>
        {strings.problems} <span className={classes.count}>{counts.join(', ')}</span>
      </h2>
      {problems.length === 0 ? (
        <p className={classes.note}>{strings.noProblems}</p>
      ) : (
        <ul className={classes.problemList}>
          {problems.slice(0, shownProblems).map((problem) => (
            <li key={`${problem.key}-${problem.pointer}-${problem.line}-${problem.text}`}>
              <Problem problem={problem} onGo={onGo} onFix={onFix} />
            </li>
          ))}
          {problems.length > shownProblems && (
            <li className={classes.dim}>{strings.problem.more(problems.length - shownProblems)}</li>
          )}
        </ul>
      )}
    </section>
  );
}

function Problem({ problem, onGo, onFix }: { problem: DraftProblem } & Pick<ProblemsPanelProps, 'onGo' | 'onFix'>) {
  const { icon: Icon, tone } = signs[problem.severity];
  const { key, fix } = problem;
  return (
    <div className={`${classes.problemItem} ${toneClass(tone)}`}>
      <Icon size={14} aria-hidden />
      <p>
        <span className={classes.srOnly}>{strings.problem.severity[problem.severity]}: </span>
        {key !== undefined && (
          <button type="button" className={classes.link} onClick={() => onGo(problem)}>
            {key}
            {problem.line !== undefined && `:${problem.line}`}
          </button>
        )}{' '}
        {problem.text}{' '}
        {fix !== undefined && (
          <button type="button" className={classes.fix} onClick={() => onFix(fix)}>
            {fix.label}
          </button>
        )}
      </p>
    </div>
  );
}
