import type { RevisionView } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/timeline.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import classes from './RevisionRow.module.css';

const meaningOf: { readonly [F in NonNullable<RevisionView['forecast']>]: Meaning } = {
  reboot: 'reboot',
  'non-reboot': 'none',
  refused: 'refused',
  crash: 'crash',
};

/** The transition: what was forecast, and whether it went that way. */
export function TransitionNote({ revision }: { revision: Pick<RevisionView, 'forecast' | 'actual'> }) {
  const { forecast, actual } = revision;
  const first = forecast ?? actual;
  if (first === undefined) return null;
  const word = strings.transitions[first];
  const agrees = forecast !== undefined && actual !== undefined && forecast === actual;
  return (
    <span className={classes.transition}>
      <MeaningBadge meaning={meaningOf[first]} plain>
        {word}
      </MeaningBadge>
      <span className={classes.dim}>
        {forecast !== undefined && actual === undefined && strings.forecast}
        {forecast === undefined && strings.actual}
        {agrees && strings.asForecast}
      </span>
      {forecast !== undefined && actual !== undefined && !agrees && (
        <strong>{strings.otherwise(strings.transitions[actual])}</strong>
      )}
    </span>
  );
}
