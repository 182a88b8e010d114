import { strings } from '../../strings/preflight.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import classes from './preflight.module.css';
import { type Severity, severities, severitySigns } from './severity.ts';

/** How many findings there are of each severity: a sign and a number, and words on hover and for those who can't see them. */
export function CountMarks({ findings }: { findings: readonly { readonly severity: Severity }[] }) {
  return (
    <span className={classes.counts}>
      {severities.map((severity) => {
        const many = findings.filter((finding) => finding.severity === severity).length;
        if (many === 0) return null;
        const { icon: Icon, tone } = severitySigns[severity];
        const words = strings.counts[severity](many);
        return (
          <span key={severity} className={`${classes.countMark} ${toneClass(tone)}`} role="img" aria-label={words} title={words}>
            <Icon size={14} aria-hidden />
            <span aria-hidden>{many}</span>
          </span>
        );
      })}
    </span>
  );
}
