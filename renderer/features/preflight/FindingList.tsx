import type { ProblemFix } from '../../../shared/forecast/preflight-types.ts';
import { strings } from '../../strings/preflight.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import classes from './preflight.module.css';
import { type Severity, severities, severitySigns } from './severity.ts';

/** Something found, as it is shown. `key` leads to the entry; without a source there is nothing to disclose. */
export interface ShownFinding {
  readonly severity: Severity;
  readonly key: string | undefined;
  readonly line?: number | undefined;
  readonly text: string;
  readonly source?: string | undefined;
  readonly advice?: string | undefined;
  readonly fix?: ProblemFix | undefined;
}

interface FindingListProps<Finding extends ShownFinding> {
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly onGo: (finding: Finding) => void;
  readonly onFix?: (fix: ProblemFix) => void;
}

/** So many of each severity are listed; with more of them the first ones are worth mending first. */
const shownOfEach = 100;

/** Findings under their severities, each with the way to its place and, where that is obvious, its mend. */
export function FindingList<Finding extends ShownFinding>({ findings, onGo, onFix }: FindingListProps<Finding>) {
  return severities.map((severity) => {
    const of = findings.filter((finding) => finding.severity === severity);
    if (of.length === 0) return null;
    const { icon: Icon, tone } = severitySigns[severity];
    return (
      <div key={severity} className={`${classes.group} ${toneClass(tone)}`}>
        <h3 className={classes.severity}>
          <Icon size={14} aria-hidden /> {strings.words[severity]}
        </h3>
        <ul className={classes.list}>
          {of.slice(0, shownOfEach).map((finding) => (
            <li key={`${finding.key}-${finding.line}-${finding.text}`}>
              <Finding finding={finding} onGo={() => onGo(finding)} onFix={onFix} />
            </li>
          ))}
          {of.length > shownOfEach && <li className={classes.dim}>{strings.more(of.length - shownOfEach)}</li>}
        </ul>
      </div>
    );
  });
}

interface FindingProps {
  readonly finding: ShownFinding;
  readonly onGo: () => void;
  readonly onFix: ((fix: ProblemFix) => void) | undefined;
}

function Finding({ finding: { key, line, text, fix, advice, source }, onGo, onFix }: FindingProps) {
  return (
    <>
      <p className={classes.text}>
        {key !== undefined && (
          <>
            <button type="button" className={classes.link} onClick={onGo}>
              {key}
              {line !== undefined && `:${line}`}
            </button>{' '}
          </>
        )}
        {text}{' '}
        {fix !== undefined && onFix !== undefined && (
          <button type="button" className={classes.fix} onClick={() => onFix(fix)}>
            {fix.label}
          </button>
        )}
      </p>
      {(advice !== undefined || source !== undefined) && (
        <details className={classes.more}>
          <summary>{strings.why}</summary>
          {advice !== undefined && <p>{advice}</p>}
          {source !== undefined && (
            <p className={classes.dim}>
              {strings.source} {source}
            </p>
          )}
        </details>
      )}
    </>
  );
}
