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
  /** A reservation about the forecast. */
  readonly note?: string | undefined;
}

/** The forecast in one large sentence. While a newer one is being made, the last one stays and says so. */
export function ForecastBar({ view, fallback, onEntry, onContainer, note }: ForecastBarProps) {
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
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </section>
  );
}
