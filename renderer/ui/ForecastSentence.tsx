import {
  type CheckpointFallback,
  forecastSentence,
  type SentencePiece,
  type SpokenForecast,
} from '../../shared/forecast/sentence.ts';
import classes from './ForecastSentence.module.css';
import { meaningOfForecast } from './forecastMeaning.ts';
import { toneClass } from './MeaningBadge.tsx';
import { meanings } from './meaning.ts';

interface ForecastSentenceProps {
  readonly forecast: SpokenForecast;
  /** Where a failure would take the device back to; absent when it is not known. */
  readonly fallback?: CheckpointFallback | undefined;
  /** Makes the entries that are named lead somewhere. */
  readonly onEntry?: (key: string) => void;
  readonly onContainer?: (name: string) => void;
  readonly onRevision?: (name: string) => void;
  readonly small?: boolean;
}

/** The signature of the program: what a move will do, in one line of plain words whose names lead to the reasons. */
export function ForecastSentence({ forecast, fallback, onEntry, onContainer, onRevision, small = false }: ForecastSentenceProps) {
  const meaning = meaningOfForecast(forecast);
  const { icon: Icon, tone } = meanings[meaning];
  const pieces = forecastSentence(forecast, fallback);
  const part = (piece: SentencePiece) => {
    switch (piece.kind) {
      case 'text':
        return piece.text;
      case 'entry':
        return <Name key={piece.key} text={piece.key} className={classes.chip} onClick={onEntry} />;
      case 'container':
        return <Name key={piece.name} text={piece.name} className={classes.name} onClick={onContainer} />;
      case 'revision':
        return <Name key={piece.name} text={piece.name} className={classes.name} onClick={onRevision} />;
    }
  };
  return (
    <div
      className={`${classes.sentence} ${toneClass(tone)} ${classes[tone] ?? ''} ${small ? classes.small : ''}`}
      data-forecast={meaning}
    >
      <span className={classes.icon}>
        <Icon size={small ? 14 : 16} stroke={1.75} aria-hidden />
      </span>
      <p className={classes.text}>{pieces.map(part)}</p>
    </div>
  );
}

interface NameProps {
  readonly text: string;
  readonly className: string | undefined;
  readonly onClick: ((text: string) => void) | undefined;
}

function Name({ text, className, onClick }: NameProps) {
  if (onClick === undefined) return <span className={className}>{text}</span>;
  return (
    <button type="button" className={className} onClick={() => onClick(text)}>
      {text}
    </button>
  );
}
