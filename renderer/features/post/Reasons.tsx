import type { Forecast } from '../../../shared/forecast/index.ts';
import { strings } from '../../strings/post.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { resolved } from '../compare/entries.ts';
import classes from './post.module.css';

/** So many reasons are listed; those with an effect come first. */
const mostReasons = 12;
const order = { reboot: 0, restart: 1, none: 2 } as const;

/** Each change with its effect and the rule that gives it. */
export function Reasons({ forecast }: { forecast: Forecast | undefined }) {
  if (forecast?.kind !== 'move') return null;
  const changes = [...forecast.changes].sort((one, other) => order[one.effect] - order[other.effect]);
  const shown = changes.slice(0, mostReasons);
  const rest = changes.slice(mostReasons);
  return (
    <section aria-labelledby="post-reasons">
      <h2 id="post-reasons" className={classes.sectionTitle}>
        {strings.reasons}
      </h2>
      {shown.length === 0 ? (
        <p className={classes.dim}>{strings.noReasons}</p>
      ) : (
        <ul className={classes.reasons}>
          {shown.map((change) => (
            <li key={change.key}>
              <EffectBadge effect={change.effect} />
              <code className={classes.reasonKey}>{resolved(change.key)}</code>
              <span className={classes.reasonRule}>{change.rule.text}</span>
            </li>
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <p className={classes.dim}>
          {strings.more(
            rest.length,
            rest.every((change) => change.effect === 'none'),
          )}
        </p>
      )}
    </section>
  );
}
