import type { CheckpointFallback } from '../../../../shared/forecast/sentence.ts';
import { strings } from '../../../strings/compare.ts';
import { ForecastSentence } from '../../../ui/ForecastSentence.tsx';
import classes from './ForecastBar.module.css';
import type { ForecastView } from './useForecast.ts';

interface ForecastBarProps {
  readonly view: ForecastView;
  /** Where a failure would take the device back to, where that is known. */
  readonly fallback?: CheckpointFallback | undefined;
  /** A chip leads to its entry. */
  readonly onEntry: (key: string) => void;
  readonly onContainer?: (name: string) => void;
  /** What has to be said with the forecast, and reservations about it. */
  readonly notes?: readonly string[];
}

const nothing: readonly string[] = [];

/** The forecast in one large sentence. While a newer one is being made, the last one stays and says so. */
export function ForecastBar({ view, fallback, onEntry, onContainer, notes = nothing }: ForecastBarProps) {
  const { forecast, current } = view;
  return (
    <section className={classes.bar} aria-label={strings.forecast} aria-busy={!current}>
      {forecast === undefined ? (
        <p className={classes.waiting}>{strings.forecasting}</p>
      ) : (
        <ForecastSentence
          forecast={forecast}
          fallback={fallback}
          onEntry={onEntry}
          {...(onContainer === undefined ? {} : { onContainer })}
        />
      )}
      {forecast !== undefined && !current && <p className={classes.note}>{strings.forecasting}</p>}
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
    </section>
  );
}
