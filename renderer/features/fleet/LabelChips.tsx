import { labelTexts } from './filter/deviceWords.ts';
import classes from './LabelChips.module.css';

interface LabelChipsProps {
  readonly labels: Readonly<Record<string, string>>;
  /** In the room of a table cell: what finds none is cut off, and on hover. */
  readonly oneLine?: boolean;
}

/** A device's labels, each as `name=value`. */
export function LabelChips({ labels, oneLine = false }: LabelChipsProps) {
  const texts = labelTexts({ labels });
  if (texts.length === 0) return null;
  return (
    <span className={`${classes.chips} ${oneLine ? classes.oneLine : ''}`} title={oneLine ? texts.join('\n') : undefined}>
      {texts.map((text) => (
        <span key={text} className={classes.chip}>
          {text}
        </span>
      ))}
    </span>
  );
}
